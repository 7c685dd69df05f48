"""A mail server for the tests, made of Debian's python3-aiosmtpd.

Arguments: the folder messages are written to, then any of: tls (offer STARTTLS with cert.pem and key.pem of the folder),
auth (demand the user "casement" with the password "orchard"). Prints its port, and ends with its input.
A recipient beginning with "nobody" is refused for good, one beginning with "later" for now.
"""
import pathlib
import socket
import ssl
import sys

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


class Keeping:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.count = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody"):
            return "550 No such mailbox"
        if address.startswith("later"):
            return "451 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        draft = self.folder / f"{self.count}.part"
        how = "sealed" if session.ssl else "open"
        draft.write_bytes(f"X-Line: {how}\r\nX-Rcpt: {','.join(envelope.rcpt_tos)}\r\n".encode() + envelope.content)
        draft.rename(self.folder / f"{self.count}.eml")
        return "250 Taken"


def known(server, session, envelope, mechanism, auth):
    right = getattr(auth, "login", b"") == b"casement" and getattr(auth, "password", b"") == b"orchard"
    # Not handled: the server itself answers that it was wrong.
    return AuthResult(success=right, handled=False)


folder, words = sys.argv[1], sys.argv[2:]
more = {}
if "tls" in words:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(f"{folder}/cert.pem", f"{folder}/key.pem")
    more["tls_context"] = context
if "auth" in words:
    more |= {"authenticator": known, "auth_required": True, "auth_require_tls": False}
with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
controller = Controller(Keeping(folder), hostname="127.0.0.1", port=port, ready_timeout=30, **more)
controller.start()
print(port, flush=True)
sys.stdin.read()
controller.stop()
