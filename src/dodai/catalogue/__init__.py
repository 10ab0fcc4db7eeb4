"""Department templates: work, outcomes, indicators, rubrics and examples of goals, ready to be edited."""
