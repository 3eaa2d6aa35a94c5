"""Debian's mail programs as somebody sets them up who sends from one machine: what to install, and how to start.

They conflict with each other, so each is installed into a root of its own (`tests/faults/reports.py`). Each
listens on loopback, looks up where letters go, tries again every few seconds, and gives up after `PATIENCE`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

#: Seconds.
PATIENCE = 20


@dataclass(frozen=True, kw_only=True)
class MailProgram:
    """How one program is installed and started."""

    #: Debian's packages; the version of the first one is told.
    packages: tuple[str, ...]
    files: Mapping[str, str] = field(default_factory=dict)
    #: A line of the shell, which leaves it running.
    start: str
    log: str


EXIM = """\
primary_hostname = relay.example.org
tls_advertise_hosts =
host_lookup =
acl_smtp_rcpt = accept
begin routers
everywhere:
  driver = dnslookup
  self = send
  transport = smtp
  no_more
begin transports
smtp:
  driver = smtp
begin retry
* * F,{patience}s,4s
"""
POSTFIX = """\
compatibility_level = 3.6
myhostname = relay.example.org
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
mydestination =
alias_maps =
maillog_file = /var/log/postfix.log
maximal_queue_lifetime = {patience}s
minimal_backoff_time = 4s
maximal_backoff_time = 4s
queue_run_delay = 4s
"""
OPENSMTPD = """\
queue ttl {patience}s
listen on 127.0.0.1 port 25 hostname relay.example.org
action "out" relay
match from any for any action "out"
"""
SENDMAIL = """\
include(`/usr/share/sendmail/cf/m4/cf.m4')dnl
OSTYPE(`debian')dnl
define(`QUEUE_DIR', `/var/spool/own')dnl
define(`confDOMAIN_NAME', `relay.example.org')dnl
define(`confTO_QUEUERETURN', `{patience}s')dnl
define(`confMIN_QUEUE_AGE', `0')dnl
FEATURE(`promiscuous_relay')dnl
FEATURE(`accept_unresolvable_domains')dnl
FEATURE(`no_default_msa')dnl
DAEMON_OPTIONS(`Port=25, Addr=127.0.0.1, Name=MTA')dnl
MAILER(`smtp')dnl
"""

PROGRAMS = {
    "exim": MailProgram(
        packages=("exim4-daemon-light",),
        files={"/etc/exim4/exim4.conf": EXIM},
        start="exim4 -bd -oX 127.0.0.1:25 -q4s",
        log="/var/log/exim4/mainlog",
    ),
    "postfix": MailProgram(
        packages=("postfix",),
        files={"/etc/postfix/main.cf": POSTFIX},
        start="postconf -F '*/*/chroot=n' && postfix start",
        log="/var/log/postfix.log",
    ),
    "opensmtpd": MailProgram(
        packages=("opensmtpd",),
        files={"/etc/smtpd.conf": OPENSMTPD},
        start="smtpd -dv > /var/log/smtpd.log 2>&1 &",
        log="/var/log/smtpd.log",
    ),
    "sendmail": MailProgram(
        packages=("sendmail-bin", "sendmail-cf", "m4"),
        files={"/etc/mail/own.mc": SENDMAIL},
        start="mkdir -m 700 /var/spool/own && m4 /etc/mail/own.mc > /etc/mail/sendmail.cf && "
        "/usr/libexec/sendmail/sendmail -bd -q4s -X /var/log/own.log",
        log="/var/log/own.log",
    ),
}
