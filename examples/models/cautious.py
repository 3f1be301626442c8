#!/usr/bin/env python3
"""A cost model in plain Python: believes three quarters of what the features model.

    polyloom-cli predict examples/gemm.c --recipe examples/gemm.recipe \
        --model-command 'python3 examples/models/cautious.py'

It reads requests from standard input and answers on standard output, a line of JSON each (models/PROTOCOL.md).
"""
import base64
import json
import struct
import sys

TRUST = 0.75   # of the modelled speedup's logarithm
SPREAD = 1.5   # the 90 % interval reaches from speedup / SPREAD to speedup * SPREAD


def numbers(value):
    """A row: a list, or little-endian 32-bit floating-point numbers in base 64."""
    if isinstance(value, list):
        return value
    data = base64.b64decode(value)
    return struct.unpack(f"<{len(data) // 4}f", data)


def predict(request):
    names = request["features"]["program"]
    predictions = []
    for schedule in request["schedules"]:
        program = dict(zip(names, numbers(schedule["tree"]["rows"]["program"])))
        speedup = 2 ** (TRUST * program["modelled_log2_speedup"])
        predictions.append({"speedup": speedup, "low": speedup / SPREAD, "high": speedup * SPREAD})
    return {"predictions": predictions}


for line in sys.stdin:
    request = json.loads(line)
    answer = {"id": request.get("id")}
    if request.get("job") == "predict":
        answer["result"] = predict(request)
    else:
        answer["error"] = {"code": "unknown-job", "message": f"this model only predicts, there is no {request.get('job')}"}
    print(json.dumps(answer), flush=True)
