"""The published site: plan → render → stage → publish, with Pelican as the host. Nothing else imports pelican."""
