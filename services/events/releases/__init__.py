"""What of a programme is public: numbered, frozen, told to calendars, and never edited afterwards."""
