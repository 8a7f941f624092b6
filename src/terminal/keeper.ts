/**
 * Stands between a terminal and what runs in it: gets the command by a socket, since VS Code would look for its variables
 * (`${…}`) in arguments and environment, and sees to it that nothing is left when it has to end. The command gets a process group
 * that is the terminal's foreground. Ending begins with SIGINT to the command alone (MLflow then ends its run), goes on with
 * whatever it has started, found by a mark in the environment, wherever that has moved, and comes to the command last.
 *
 * It is loaded with every launch, so it does without `json`, `signal` and `socket`, which take longer than Python itself: what
 * `JSON.stringify` writes is also a literal of Python, and comes from the extension alone.
 */
export const posixKeeper = `
import os, select, sys, time
import _signal as signal, _socket as socket
link = socket.socket(socket.AF_UNIX)
try:
    link.connect(os.environ.pop("MLFLOW_WORKBENCH_LINK"))
except OSError as error:
    sys.exit(f"The editor that started this is gone ({error.strerror}).")
told = b""
while not told.endswith(b"\\n"):
    piece = link.recv(65536)
    if not piece:
        sys.exit("The editor that started this is gone.")
    told += piece
order = eval(told, {"true": True, "false": False})
for name in order["without"]:
    os.environ.pop(name, None)
os.environ.update(order["env"])
mark = b"MLFLOW_WORKBENCH_LAUNCH=" + order["id"].encode()
os.environ["MLFLOW_WORKBENCH_LAUNCH"] = order["id"]
if order["shown"]:
    os.write(1, order["shown"].encode())
woken, wake = os.pipe()
os.set_blocking(woken, False)
os.set_blocking(wake, False)
signal.set_wakeup_fd(wake)
for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD):
    signal.signal(sign, lambda *_: None)
child = os.fork()
if child == 0:
    os.setpgid(0, 0)
    try:
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        os.tcsetpgrp(0, os.getpid())
    except OSError:
        pass
    for sign in (signal.SIGTTOU, signal.SIGPIPE, signal.SIGXFSZ):
        signal.signal(sign, signal.SIG_DFL)
    for sign in (signal.SIGTSTP, signal.SIGHUP):
        signal.signal(sign, signal.SIG_IGN)
    try:
        os.execvp(order["args"][0], order["args"])
    except OSError as error:
        os.write(2, f"{order['args'][0]}: {error.strerror}\\n".encode())
    os._exit(127)
try:
    os.setpgid(child, child)
except OSError:
    pass
def say(words):
    try:
        link.sendall(words.encode())
    except OSError:
        pass
say(f"{child} {os.getpid()}\\n")
def others():
    found = set()
    try:
        if os.path.isdir("/proc/self"):
            for name in filter(str.isdigit, os.listdir("/proc")):
                try:
                    with open(f"/proc/{name}/environ", "rb") as file:
                        if mark in file.read().split(b"\\0"):
                            found.add(int(name))
                except OSError:
                    pass
        else:
            with os.popen("ps -axEww -o pid=,command=") as lines:
                found = {int(line.split(None, 1)[0]) for line in lines if mark.decode() in line}
    except OSError:
        pass
    return found - {os.getpid(), child}
def send(pids, sign):
    for pid in pids:
        try:
            os.kill(pid, sign)
        except OSError:
            pass
def call_back():
    global link
    again = socket.socket(socket.AF_UNIX)
    try:
        again.connect(order["back"])
    except OSError:
        again.close()
        return
    link = again
    watched.append(link)
    say(f"{child} {os.getpid()}\\n")
stage, due, call, gone = 0, None, None, False
def harder():
    global stage, due
    stage += 1
    due = time.monotonic() + (order["patience"][stage - 1] if stage <= 3 else 1) / (2 if gone else 1)
    if stage == 1:
        send([child], signal.SIGINT)
    else:
        rest = others() if stage < 4 else {child, *others()}
        send(rest or {child}, signal.SIGTERM if stage == 2 else signal.SIGKILL)
code = None
watched = [woken, link]
while code is None:
    next = min((each for each in (due, call) if each is not None), default=None)
    wait = None if next is None else max(0, next - time.monotonic())
    ready = select.select(watched, [], [], wait)[0]
    if due is not None and due <= time.monotonic():
        harder()
    if call is not None and call <= time.monotonic():
        call_back()
        call = None if link in watched else time.monotonic() + 1
    if woken in ready:
        for sign in os.read(woken, 4096):
            gone = gone or sign == signal.SIGHUP
            if sign != signal.SIGCHLD:
                harder()
    if link in ready:
        try:
            words = link.recv(4096)
        except OSError:
            words = b""
        if not words:
            watched.remove(link)
            link.close()
            if not order["tied"]:
                call = time.monotonic() + 1
            elif stage == 0:
                gone = True
                harder()
        for _ in range(words.count(b"\\n")):
            harder()
    pid, status = os.waitpid(child, os.WNOHANG)
    if pid == child:
        code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else -os.WTERMSIG(status)
def group():
    try:
        os.killpg(child, 0)
        return True
    except OSError:
        return False
for sign in (signal.SIGTERM, signal.SIGKILL):
    until = time.monotonic() + order["patience"][1]
    left = others() if stage else set()
    if not left and not group():
        break
    send(left, sign)
    try:
        os.killpg(child, sign)
    except OSError:
        pass
    while (left & others() or group()) and time.monotonic() < until:
        time.sleep(0.02)
code = 128 - code if code < 0 else code
say(f"{code} {stage}\\n")
os._exit(code)
`;

/** The same on Windows, where a job object ends whatever the command has started together with its keeper. */
export const windowsKeeper = `
import ctypes, json, os, signal, socket, struct, subprocess, sys, threading
host, port = os.environ.pop("MLFLOW_WORKBENCH_LINK").rsplit(":", 1)
try:
    link = socket.create_connection((host, int(port)))
except OSError as error:
    sys.exit(f"The editor that started this is gone ({error.strerror}).")
link.sendall(os.environ.pop("MLFLOW_WORKBENCH_TOKEN").encode() + b"\\n")
told = b""
while not told.endswith(b"\\n"):
    piece = link.recv(65536)
    if not piece:
        sys.exit("The editor that started this is gone.")
    told += piece
order = json.loads(told)
for name in order["without"]:
    os.environ.pop(name, None)
os.environ.update(order["env"])
kernel = ctypes.WinDLL("kernel32")
kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = ctypes.c_void_p
kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
kernel.SetInformationJobObject.argtypes = (ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_uint32)
kernel.AssignProcessToJobObject.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
job = kernel.CreateJobObjectW(None, None)
limits = ctypes.create_string_buffer(144 if struct.calcsize("P") == 8 else 112)
struct.pack_into("<I", limits, 16, 0x2000)
kernel.SetInformationJobObject(job, 9, limits, len(limits))
kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
signal.signal(signal.SIGINT, lambda *_: None)
if order["shown"]:
    sys.stdout.write(order["shown"])
    sys.stdout.flush()
child = subprocess.Popen(order["args"])
link.sendall(f"{child.pid} {os.getpid()}\\n".encode())
asked = 0
def listen():
    global asked
    while True:
        try:
            words = link.recv(4096)
        except OSError:
            words = b""
        if not words:
            if order["tied"]:
                os._exit(1)
            return
        for _ in range(words.count(b"\\n")):
            asked += 1
            if asked > 1:
                os._exit(1)
            os.kill(0, signal.CTRL_C_EVENT)
            late = threading.Timer(order["patience"][0], os._exit, (1,))
            late.daemon = True
            late.start()
threading.Thread(target=listen, daemon=True).start()
while True:
    try:
        code = child.wait(1)
        break
    except subprocess.TimeoutExpired:
        pass
try:
    link.sendall(f"{code} {asked}\\n".encode())
except OSError:
    pass
os._exit(code)
`;
