"""A device with a passkey, in software: it makes a key (ES256) and signs with it, as WebAuthn asks."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import sha256, websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class Device:
    """One device; `origin` is the page that it believes it is on, `unlocked` whether its owner showed a finger."""

    origin: str = "https://testserver"
    unlocked: bool = True
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential_id: bytes = field(default_factory=lambda: os.urandom(32))
    handle: str = ""

    @property
    def flags(self) -> int:
        return PRESENT | (VERIFIED if self.unlocked else 0)

    def create(self, options: dict[str, Any]) -> str:
        """What the browser sends after making a key."""
        asked = options["publicKey"]
        self.handle = asked["user"]["id"]
        public = ES256.from_cryptography_key(self.key.public_key())
        made = AttestedCredentialData.create(b"\0" * 16, self.credential_id, public)
        data = AuthenticatorData.create(sha256(asked["rp"]["id"].encode()), self.flags | ATTESTED, 0, made)
        attestation = AttestationObject.create("none", data, {})
        said = CollectedClientData.create("webauthn.create", websafe_decode(asked["challenge"]), self.origin)
        return self._said({"attestationObject": attestation, "clientDataJSON": said})

    def get(self, options: dict[str, Any], handle: str = "") -> str:
        """What the browser sends after signing."""
        asked = options["publicKey"]
        data = AuthenticatorData.create(sha256(asked["rpId"].encode()), self.flags, 1)
        said = CollectedClientData.create("webauthn.get", websafe_decode(asked["challenge"]), self.origin)
        signature = self.key.sign(data + said.hash, ec.ECDSA(hashes.SHA256()))
        parts = {"authenticatorData": data, "clientDataJSON": said, "signature": signature}
        return self._said(parts, userHandle=handle or self.handle)

    def _said(self, parts: dict[str, bytes], **texts: str) -> str:
        response = {name: websafe_encode(bytes(part)) for name, part in parts.items()} | texts
        name = websafe_encode(self.credential_id)
        return json.dumps(
            {"id": name, "rawId": name, "type": "public-key", "clientExtensionResults": {}, "response": response}
        )
