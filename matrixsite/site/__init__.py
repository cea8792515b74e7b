"""The published site: plan → render → stage → publish, with Pelican as host. Nothing else imports it."""
