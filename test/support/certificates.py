"""Makes a certificate authority and what a test needs of it, as PEM files in the folder that is named."""

import datetime
import ipaddress
import pathlib
import sys

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

folder = pathlib.Path(sys.argv[1])
now = datetime.datetime.now(datetime.timezone.utc)
day = datetime.timedelta(days=1)
here = ["localhost", "mlflow.test", "127.0.0.1"]


def name(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def alternative(host):
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def make(file, subject, issuer=None, hosts=(), ends=now + 2 * day):
    """Signed by `issuer`, a pair of name and key, or by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    issuer_name, issuer_key = issuer or (subject, key)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name(subject))
        .issuer_name(name(issuer_name))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - 3 * day)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=not hosts, path_length=None), critical=True)
    )
    if hosts:
        names = x509.SubjectAlternativeName([alternative(host) for host in hosts])
        builder = builder.add_extension(names, critical=False)
    certificate = builder.sign(issuer_key, hashes.SHA256())
    encoding = serialization.Encoding.PEM
    (folder / f"{file}.crt").write_bytes(certificate.public_bytes(encoding))
    (folder / f"{file}.key").write_bytes(
        key.private_bytes(
            encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return subject, key


ours = make("authority", "Authority of the test")
unknown = make("otherAuthority", "Another authority")
make("server", "server", ours, here)
make("expired", "server", ours, here, ends=now - day)
make("otherHost", "server", ours, ["mlflow.example.com", "10.1.2.3"])
make("ofUnknown", "server", unknown, here)
make("selfSigned", "server", None, here)
make("client", "Kim", ours, ["kim"])
make("strangeClient", "Stranger", unknown, ["stranger"])
