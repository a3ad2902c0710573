"""What leaves the site for other tools: first responses for a helpdesk, and what is said of a change in a channel."""
