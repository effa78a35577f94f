"""A server of chat completions and embeddings that takes its time: it answers after DELAY seconds, whatever it is asked,
and counts how many requests were open at once. Usage: slow_server.py DELAY; prints its port, then serves until its
input ends, and prints what it counted."""
import asyncio
import json
import sys

DIMENSION = 384
VECTOR = json.dumps([round(((7 * place) % 19 - 9) / 100, 2) for place in range(DIMENSION)])


class Counts:
    requests = 0
    present = 0
    most = 0


def answer(path, question):
    """The body of a reply; a chat's facets depend on the question's length alone."""
    if path.endswith("/embeddings"):
        texts = question["input"] if isinstance(question["input"], list) else [question["input"]]
        rows = ", ".join(f'{{"index": {place}, "embedding": {VECTOR}}}' for place in range(len(texts)))
        return f'{{"data": [{rows}], "usage": {{"prompt_tokens": {len(texts)}}}}}'
    size = len(question["messages"][-1]["content"])
    content = json.dumps({"topic": f"topic {size % 50}", "mood": f"mood {size % 7}"})
    return json.dumps({"choices": [{"finish_reason": "stop", "message": {"role": "assistant", "content": content}}],
                       "usage": {"prompt_tokens": size // 4, "completion_tokens": 12}})


async def serve(reader, writer, delay, counts):
    try:
        while line := await reader.readline():
            path, length = line.split()[1].decode(), 0
            while (header := await reader.readline()) not in (b"\r\n", b""):
                name, _, value = header.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            body = await reader.readexactly(length)
            counts.requests += 1
            counts.present += 1
            counts.most = max(counts.most, counts.present)
            if delay > 0.0:
                await asyncio.sleep(delay)
            text = answer(path, json.loads(body)) if body else '{"data": [{"id": "slow"}]}'
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(text)
                         + text.encode())
            counts.present -= 1
            await writer.drain()
    except (ConnectionError, asyncio.IncompleteReadError):
        pass
    finally:
        writer.close()


async def main():
    counts, delay = Counts(), float(sys.argv[1])
    server = await asyncio.start_server(lambda reader, writer: serve(reader, writer, delay, counts), "127.0.0.1", 0,
                                        backlog=256)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    print(json.dumps({"requests": counts.requests, "most": counts.most}), flush=True)
    server.close()


asyncio.run(main())
