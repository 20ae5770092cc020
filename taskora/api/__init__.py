"""What goes over Taskora's own HTTP: wire models and the typed client. Knows neither routes nor tables."""
