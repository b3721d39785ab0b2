"""Telegram.  Nothing outside this room knows what an update is, or a chat's keyboard.

read       an update -> what the turn loop hears     write      a screen -> what a call says
request    the HTTP client                           api        one call, and what its errors mean
wire       the way out to people                     ear        the way in, for both of
polling    updates are fetched                       webhook    updates are brought
"""
