"""The workspaces of the table of knowledge, with the texts of the items, and the knowledge bases in them."""
import contextlib
import csv
import socket
import subprocess

import quality_data

SHARED = quality_data.SHARED
SERVE = SHARED.parent / "tools/llm/serve"  # an OpenAI-compatible server with a small model of sentence vectors


def load(workspace, table, *options):
    subprocess.run([quality_data.PROGRAM, "import", workspace, SHARED / table, *options],
                   check=True, stdout=subprocess.DEVNULL)


def food_kitchen(workspace):
    """What everyone bought, in order; the users of every file are others."""
    folder = "amazon_food_kitchen_partial"
    load(workspace, f"{folder}/items.tsv", "--as", "items", "--domains", "A=food,B=kitchen", "--platform", "amazon",
         "--kind", "implicit")
    for part in ("train_overlap", "train_A", "train_B", "valid", "test"):
        load(workspace, f"{folder}/{part}.txt", "--preset", "sequence-lists", "--domain-from-items",
             "--platform", "amazon", "--user-prefix", f"{part}-")


def anime(workspace):
    """Name, genres and type are read; the catalogue's ratings and members are popularity figures, which are not."""
    load(workspace, "anime/anime_history.dat", "--domain", "anime")
    load(workspace, "anime/anime_info.dat", "--as", "items", "--domain", "anime")


def movielens(workspace):
    """Title and genres, and the tags that anybody gave a film, each once."""
    folder = SHARED / "movielens_latest_small_2016"
    tags = {}
    with open(folder / "tags.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            tags.setdefault(row["movieId"], {})[row["tag"]] = None
    films = workspace.with_name("films.csv").resolve()
    with (open(folder / "movies.csv", newline="", encoding="utf-8") as file,
          open(films, "w", newline="", encoding="utf-8") as tagged):
        table = csv.writer(tagged)
        table.writerow(["movieId", "title", "genres", "tags"])
        for row in csv.DictReader(file):
            table.writerow([row["movieId"], row["title"], row["genres"], "|".join(tags.get(row["movieId"], ()))])
    load(workspace, folder / "ratings.csv", "--domain", "films")
    load(workspace, films, "--as", "items", "--domain", "films")
    films.unlink()


MAKERS = {"food-kitchen": food_kitchen, "anime": anime, "movielens": movielens}


@contextlib.contextmanager
def server(model):
    """The address of a server of ours, as long as it is wanted."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([SERVE, str(port), model], stdout=subprocess.PIPE, text=True)
    answer = process.stdout.readline().split()  # READY ADDRESS PID
    try:
        if len(answer) != 3 or answer[0] != "READY":
            raise RuntimeError(f"{SERVE} did not start: {' '.join(answer)}")
        yield answer[1]
    finally:
        process.terminate()  # the script ends the server
        process.wait()


def has(workspace, name):
    return any(base["name"] == name and base["state"] == "finished" for base in workspace.knowledge())


def extract(workspace, name):
    """The knowledge base of this name, made when it is not there yet: lexical, or sentence vectors by a model."""
    if has(workspace, name):
        return
    command = [quality_data.PROGRAM, "knowledge", workspace.file, "--name", name, "--extractor"]
    if name == "lexical":
        subprocess.run([*command, "lexical"], check=True, stdout=subprocess.DEVNULL)
        return
    with server(name) as address:
        subprocess.run([*command, "embedding", "--set", f"url={address}", "--set", f"model={name}"],
                       check=True, stdout=subprocess.DEVNULL)
