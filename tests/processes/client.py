"""A program that uses the private servers, for tests that start and kill it. Run by path; knows no Django.

client.py hold STATE [SERVER]   say "ready", hold the leases, or this one, until standard input ends
client.py insert STATE          insert numbers into both servers for ever, print each that was acknowledged by both
client.py fork STATE            take the leases, say "ready" from a forked child, and end before it
client.py rows STATE            print the numbers that PostgreSQL and Valkey hold, two lines
"""

import os
import socket
import sys
from pathlib import Path

import psycopg2

from governance.kit.embedded import address, lease


def ensure(state: Path, *servers: str) -> None:
    """Have both servers, or those named, as durable as in production."""
    lease.ensure(state, durable=True, servers=servers or address.SERVERS)


def say(*what: object) -> None:
    """Write a line that the test reads."""
    sys.stdout.write(" ".join(map(str, what)) + "\n")
    sys.stdout.flush()


def connect(state: Path) -> "psycopg2.extensions.connection":
    """Connect as Django's backend would."""
    entry = address.database(state, durable=True)
    connection = psycopg2.connect(
        host=entry["HOST"], port=entry["PORT"], dbname=entry["NAME"], user=entry["USER"], connect_timeout=5
    )
    connection.autocommit = True
    return connection


def ask_valkey(state: Path, command: str) -> list[str]:
    """Send one command, return the lines of its answer; the answers of this file's commands end with a newline."""
    with socket.socket(socket.AF_UNIX) as broker:
        broker.settimeout(5)
        broker.connect(str(address.valkey_socket(state)))
        broker.sendall(f"{command}\r\n".encode())
        broker.shutdown(socket.SHUT_WR)
        answer = b""
        while part := broker.recv(65536):
            answer += part
    if not answer.endswith(b"\r\n") or answer.startswith(b"-"):
        raise OSError(f"no answer: {answer!r}")
    return answer.decode().split()


def insert(state: Path) -> None:
    """Insert, and go on after a failure as a process of the portal would: ask for the servers again."""
    number = 0
    while True:
        try:
            connection = connect(state)
            with connection.cursor() as cursor:
                cursor.execute("CREATE TABLE IF NOT EXISTS row (number bigint)")
                while True:
                    number += 1
                    cursor.execute("INSERT INTO row VALUES (%s)", [number])
                    ask_valkey(state, f"RPUSH row {number}")
                    say(number)
        except (psycopg2.Error, OSError):
            ensure(state)


def rows(state: Path) -> None:
    """Print what is there."""
    with connect(state).cursor() as cursor:
        cursor.execute("SELECT number FROM row ORDER BY number")
        say(*[number for (number,) in cursor.fetchall()])
    say(*[word for word in ask_valkey(state, "LRANGE row 0 -1") if word[0] not in "*$"])


def main() -> None:
    """Do what the first argument says."""
    what, state = sys.argv[1], Path(sys.argv[2])
    ensure(state, *sys.argv[3:])
    if what == "insert":
        insert(state)
    elif what == "rows":
        rows(state)
    elif what == "fork" and os.fork():
        os._exit(0)
    else:
        say("ready")
        sys.stdin.read()


if __name__ == "__main__":
    main()
