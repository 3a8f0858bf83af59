"""What officers have to do by hand: somebody to telephone, an address to find, a member who neither came nor answered."""
