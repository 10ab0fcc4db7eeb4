"""取り込み・書き出し: files on their way in and out, and what became of them."""
