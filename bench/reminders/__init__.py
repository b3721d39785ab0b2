"""What sleeping and ringing alarms cost, beside python-telegram-bot's JobQueue."""
