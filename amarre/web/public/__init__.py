"""The public pages: anybody asks for help, without an account.

Audience: passers-by, employees, employers. Must not know: cases, people, who is followed, who is a member.
"""
