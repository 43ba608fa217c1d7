"""The load test: people with think time, or none, driving the application as installed."""
