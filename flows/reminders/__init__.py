"""When a reminder comes: rules of local time, and nothing that waits or sends.

A rule says wall time and days, as a person would; `when` makes moments of it, by one pure
function.  `zones` knows the clocks of the world, `tokens`, `words`
and `quiet` read what is typed, `cities` finds the clock of a place.
"""
