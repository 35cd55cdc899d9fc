"""What people see and change of themselves: account, password, sessions, API keys."""
