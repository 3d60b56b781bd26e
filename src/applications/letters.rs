//! Letters of an application: the receipt, the withdrawal, the reminders.
