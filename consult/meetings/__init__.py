"""Meetings: who is invited, who comes, on which agenda, with which documents, and the report that those who could not come read too."""
