"""Key files as consoles give them out, made anew for each run of the tests."""

import json
import tempfile
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

_FOLDER = tempfile.TemporaryDirectory(prefix="tingfeng-keys-")
OF_APPLE = ec.generate_private_key(ec.SECP256R1())
OF_GOOGLE = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def written(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def apple_file() -> Path:
    path = Path(_FOLDER.name) / "AuthKey_ABC123.p8"
    path.write_text(written(OF_APPLE))
    return path


def google_file() -> Path:
    path = Path(_FOLDER.name) / "account.json"
    path.write_text(json.dumps({"client_email": "a@example.iam", "private_key": written(OF_GOOGLE)}))
    return path
