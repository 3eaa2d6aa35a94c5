"""An OpenID provider of ours on loopback, which says of people what a test wants."""

import hashlib
import hmac
import json
import threading
from base64 import urlsafe_b64encode
from functools import cache
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

from joserfc import jwt
from joserfc.jwk import RSAKey
from tests.servers.serve import serve


@cache
def _key() -> RSAKey:
    """To make one takes a quarter of a second."""
    return RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})


class OpenIdProvider:
    """It knows one person, hands a token for each code, and can lie in every way there is."""

    def __init__(self, client_id: str, secret: str, now) -> None:
        self.client_id, self.secret, self.now = client_id, secret, now
        self.key = _key()
        self.claims, self.signed_with, self.shared = {}, None, b""
        self.unsigned, self.named, self.asked = False, None, []
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self._answer(provider.told(self.path))

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                form = {name: values[0] for name, values in parse_qs(body).items()}
                provider.asked.append(form)
                self._answer(provider.token(form))

            def _answer(self, told):
                body = json.dumps(told or {"error": "invalid_grant"}).encode()
                self.send_response(200 if told else 400)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.place = f"127.0.0.1:{self.server.server_port}"
        self.issuer = f"http://{self.place}"
        self.thread = threading.Thread(target=serve, args=(self.server,))

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def told(self, path):
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.named or self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
            }
        return {"keys": [self.key.as_dict(private=False)]} if path == "/keys" else None

    def consent(self, asked):
        """Somebody agrees: what the browser comes back with."""
        self.challenge, self.nonce = asked["code_challenge"], asked["nonce"]
        return {"state": asked["state"], "code": "the-code"}

    def token(self, form):
        proof = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        proven = urlsafe_b64encode(proof).decode().rstrip("=") == self.challenge
        if not proven or (form["client_secret"], form["code"]) != (self.secret, "the-code"):
            return None
        now = int(self.now().timestamp())
        claims = {
            "iss": self.issuer,
            "aud": self.client_id,
            "sub": "7",
            "iat": now,
            "exp": now + 300,
        }
        claims |= {"nonce": self.nonce, "email": "ada@example.org", "email_verified": True}
        claims = {
            name: value for name, value in (claims | self.claims).items() if value is not None
        }
        return {"access_token": "x", "token_type": "Bearer", "id_token": self.written(claims)}

    def written(self, claims):
        if self.unsigned or self.shared:
            alg = "HS256" if self.shared else "none"
            body = ".".join(map(_coded, ({"alg": alg, "kid": "one"}, claims)))
            proof = hmac.new(self.shared, body.encode(), "sha256").digest() if self.shared else b""
            return f"{body}.{urlsafe_b64encode(proof).decode().rstrip('=')}"
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.signed_with or self.key)


def _coded(told):
    return urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")
