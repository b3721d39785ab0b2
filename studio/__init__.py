"""The studio: draws the pictures, films the movements and records the sounds.

`make media` works here, while the bot is being built; the running bot needs only what comes
out of it, in `data/gallery/`.  What is drawn is said in `data/content/pictures/`, a file for
each technique: poses, and pictures made of them.  Which picture belongs to which step is said
in the technique's own file.

Where to look: `space` and `body` stand a mannequin in a room, `figure`, `things` and `back` draw,
`marks` lays arrows and rings over it, `draw` puts a picture together; `film` and `sound` make
files; `wanted` knows what has to be made, `sheet` shows it, `__main__` makes it.
"""
