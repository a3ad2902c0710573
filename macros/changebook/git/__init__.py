"""What git knows of a folder, and addresses at the forge. Only the doors ask git."""
