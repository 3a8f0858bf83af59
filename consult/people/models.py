"""Persons, the groups they sit in, and how they sign in."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.extensions import Instant, db


class Organization(db.Model):
    """Whom a person acts for: a Party with its ISO code and UN region, or an observer organization."""

    __tablename__ = "organization"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[str] = mapped_column(String(20), default="observer")  # party, non-party, observer, secretariat
    iso: Mapped[str] = mapped_column(String(2), default="")
    region: Mapped[str] = mapped_column(String(20), default="")  # africa, asia-pacific, cee, grulac, weog
    ldc: Mapped[bool] = mapped_column(default=False)
    sids: Mapped[bool] = mapped_column(default=False)
    eit: Mapped[bool] = mapped_column(default=False)


class Person(db.Model):
    """Someone who takes part, with their language, zone and the way they want to be written to."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), index=True)
    language: Mapped[str] = mapped_column(String(5), default="en")
    zone: Mapped[str] = mapped_column(String(60), default="UTC")
    password_hash: Mapped[str | None] = mapped_column(String(200))
    staff: Mapped[bool] = mapped_column(default=False)
    means: Mapped[str] = mapped_column(String(10), default="page")  # page, mail
    rhythm: Mapped[str] = mapped_column(String(10), default="daily")  # at-once, daily, weekly, none
    digest_day: Mapped[int] = mapped_column(default=0)  # 0 Monday .. 6 Sunday
    digest_hour: Mapped[int] = mapped_column(default=7)
    form: Mapped[str] = mapped_column(String(5), default="text")  # text, html
    limit_bytes: Mapped[int] = mapped_column(default=0)  # largest letter in octets; 0: no limit
    budget_bytes: Mapped[int] = mapped_column(default=0)  # octets to be sent a month; 0: no budget
    attachments: Mapped[str] = mapped_column(String(10), default="links")  # none, links, under: files under the limit travel along
    packing: Mapped[str] = mapped_column(String(5), default="")  # long texts as a packed file: gz, zip, or plain
    digest_form: Mapped[str] = mapped_column(String(10), default="plain")  # plain, rfc1153, mime
    quiet_from: Mapped[int | None]  # the hour, by their clock, from which letters with news wait
    quiet_to: Mapped[int | None]  # and the hour at which they go
    receipts: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    organization: Mapped[Organization | None] = relationship(lazy="joined")
    addresses: Mapped[list["Address"]] = relationship(back_populates="person", order_by="Address.position", lazy="selectin")

    @property
    def address(self) -> str | None:
        """Where letters to this person go: the first address in their order."""
        return self.addresses[0].address if self.addresses else None

    # What Flask-Login asks.
    is_authenticated = True
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        """A person whose participation has ended cannot sign in."""
        return self.ended_at is None

    def get_id(self) -> str:
        """The person's number, for the session."""
        return str(self.id)


class Address(db.Model):
    """One e-mail address of a person. `folded` is what two spellings of one address have in common."""

    __tablename__ = "address"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    address: Mapped[str] = mapped_column(String(320))
    folded: Mapped[str] = mapped_column(String(320), unique=True)
    position: Mapped[int] = mapped_column(default=0)
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    failing_since: Mapped[datetime | None] = mapped_column(Instant)
    failures: Mapped[int] = mapped_column(default=0)
    last_failure: Mapped[str] = mapped_column(String(500), default="")
    score: Mapped[float] = mapped_column(default=0.0)  # how badly letters fail here, as it stood at `scored_at`; it fades with time
    scored_at: Mapped[datetime | None] = mapped_column(Instant)

    person: Mapped[Person] = relationship(back_populates="addresses")


class Group(db.Model):
    """An expert group or advisory committee, with the mandate it comes from."""

    __tablename__ = "group"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(300))
    short: Mapped[str] = mapped_column(String(40), default="")
    kind: Mapped[str] = mapped_column(String(20), default="expert group")  # expert group, advisory committee, liaison group
    mandate: Mapped[str] = mapped_column(String(500), default="")
    terms: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(5), default="en")
    created_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    memberships: Mapped[list["Membership"]] = relationship(back_populates="group", order_by="Membership.id")


class Membership(db.Model):
    """A person in a group, in a role, from one day to another."""

    __tablename__ = "membership"
    __table_args__ = (Index("ix_membership_person", "person_id", "group_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(String(20))  # officer, chair, co-chair, member, observer, alternate, reviewer
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("membership.id"))

    group: Mapped[Group] = relationship(back_populates="memberships")
    person: Mapped[Person] = relationship(lazy="joined")


class Absence(db.Model):
    """Days on which a person cannot be reached: nobody is reminded then, and whoever waits for an answer can see why."""

    __tablename__ = "absence"
    __table_args__ = (Index("ix_absence_person", "person_id", "ends_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]  # the last day away
    note: Mapped[str] = mapped_column(String(200), default="")


class SignIn(db.Model):
    """An open session in one browser; the cookie carries the secret, the row only its digest."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    began_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    browser: Mapped[str] = mapped_column(String(200), default="")

    person: Mapped[Person] = relationship(lazy="joined")


class Link(db.Model):
    """A link in a letter: one person, one purpose, one thing, an end. Opening it shows a button; pressing acts."""

    __tablename__ = "link"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(30))  # sign-in, password, address, stop
    subject: Mapped[str] = mapped_column(String(320), default="")
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class Attempt(db.Model):
    """A try to sign in that failed, or a letter asked for: counted per account and per network, so that guessing ends."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_what", "what", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    what: Mapped[str] = mapped_column(String(400))
    at: Mapped[datetime] = mapped_column(Instant)
