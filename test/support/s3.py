"""An S3 of its own, in memory (moto).

    python s3.py runs models    with these buckets

Prints `listening <port>`, then every request as a line of JSON: method, path with its query, headers.
"""

import json
import sys

from moto.core import DEFAULT_ACCOUNT_ID
from moto.moto_server.werkzeug_app import create_backend_app
from moto.s3.models import s3_backends
from werkzeug.serving import WSGIRequestHandler, make_server


class Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_request(self, *_):
        pass


def told(app):
    def answer(environ, start_response):
        request = {
            "method": environ["REQUEST_METHOD"],
            "path": environ["REQUEST_URI"],
            "headers": {
                name[5:].replace("_", "-").lower(): value
                for name, value in environ.items()
                if name.startswith("HTTP_")
            },
        }
        # In one piece: several threads write here.
        sys.stdout.write(json.dumps(request) + "\n")
        sys.stdout.flush()
        return app(environ, start_response)

    return answer


for bucket in sys.argv[1:]:
    s3_backends[DEFAULT_ACCOUNT_ID]["aws"].create_bucket(bucket, "us-east-1")
server = make_server(
    "127.0.0.1", 0, told(create_backend_app("s3")), threaded=True, request_handler=Quiet
)
print(f"listening {server.port}", flush=True)
server.serve_forever()
