"""How a file made by people is understood: normalise what has one meaning, propose what has a likely
meaning, ask for the rest. Nothing is guessed silently and no row disappears silently."""
