"""The sentence vectors of the texts of a table by the client library of OpenAI, so many requests at once. Usage:
peer_embeddings.py TABLE ADDRESS MODEL BATCH LINES"""
import asyncio
import csv
import sys

import openai


async def main(table, address, model, batch, lines):
    with open(table, newline="") as file:
        texts = [row["title"] for row in csv.DictReader(file)]
    gate = asyncio.Semaphore(int(lines))
    async with openai.AsyncOpenAI(base_url=address, api_key="none") as client:
        async def ask(part):
            async with gate:
                reply = await client.embeddings.create(model=model, input=part, encoding_format="float")
                return [row.embedding for row in reply.data]

        size = int(batch)
        parts = await asyncio.gather(*(ask(texts[at:at + size]) for at in range(0, len(texts), size)))
    assert sum(map(len, parts)) == len(texts)


asyncio.run(main(*sys.argv[1:]))
