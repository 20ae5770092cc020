"""What every service is built with: the application, identity, problems, subscriptions, health. Knows no task."""
