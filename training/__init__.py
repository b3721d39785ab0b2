"""THE TRAINING ROOM: how the learned reader learns.  Nothing here runs in the bot."""
