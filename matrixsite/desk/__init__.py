"""The editors' desk: a web application on this machine for what content/ says (extra `desk`).

Its safety lies in `guard`, which every request passes: pages are made in the knowledge that who asks has a session.
"""
