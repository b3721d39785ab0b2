"""The bot in a browser.

way     puts it together            rooms   what was shown to each chat, in memory
doors   who may come in             write   a screen as the page wants it
visits  what the page asks for      desk    what stands beside the chat, for who writes content
watch   content is read again       static  the page itself: HTML, CSS and JavaScript, as it is
"""
