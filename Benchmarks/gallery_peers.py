"""Searches templates with another library, as a child of gallery.py, which describes the lines between them.

    gallery_peers.py NAME TEMPLATES PROBES DIMENSION NEAREST [URL]

URL is that of a PostgreSQL with pgvector. All HNSW graphs have the same M. The effort of construction is each library's
default, but for faiss's of 40, with which a million people need a wider search than is of use: it takes hnswlib's 200.
"""

import os
import sys
from concurrent.futures import ThreadPoolExecutor

from common import CORES, timed

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = str(CORES)
import faiss  # noqa: E402
import hnswlib  # noqa: E402
import numpy as np  # noqa: E402
import psycopg  # noqa: E402

M = 16


class Faiss:
    def __init__(self, templates, kind):
        faiss.omp_set_num_threads(CORES)
        # By default faiss takes 64 queries one by one; as matrix products it is several times as fast.
        faiss.cvar.distance_compute_blas_threshold = 1000
        dimension = templates.shape[1]
        match kind:
            case "flat":
                self.index = faiss.IndexFlatL2(dimension)
            case "int8":
                self.index = faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_L2)
            case "hnsw":
                self.index = faiss.IndexHNSWFlat(dimension, M)
                self.index.hnsw.efConstruction = 200
        self.index.train(templates)
        self.index.add(templates)

    def widen(self, width):
        self.index.hnsw.efSearch = width

    def search(self, probes, k):
        return self.index.search(probes, k)[1]


class Hnswlib:
    def __init__(self, templates):
        self.index = hnswlib.Index("l2", templates.shape[1])
        self.index.init_index(len(templates), M=M, random_seed=1)
        self.index.set_num_threads(CORES)
        self.index.add_items(templates)

    def widen(self, width):
        self.index.set_ef(width)

    def search(self, probes, k):
        return self.index.knn_query(probes, k)[0]


class Pgvector:
    """The table `peer`. The exact scan fills it; the index is made on what the exact scan has filled."""

    def __init__(self, templates, url, hnsw):
        self.connections = [psycopg.connect(url, autocommit=True) for _ in range(CORES)]
        if hnsw:
            self.execute(f"CREATE INDEX ON peer USING hnsw (embedding vector_l2_ops) WITH (m={M})")
            size = "pg_indexes_size('peer')"
        else:
            self.execute("CREATE EXTENSION IF NOT EXISTS vector")
            self.execute(f"CREATE TABLE peer (id bigint, embedding vector({templates.shape[1]}) STORAGE plain)")
            self.copy(templates)
            self.execute("VACUUM ANALYZE peer")
            for connection in self.connections:
                connection.execute("SET enable_indexscan = off")
            size = "pg_table_size('peer')"
        self.bytes = self.connections[0].execute(f"SELECT {size}").fetchone()[0]

    def execute(self, statement):
        self.connections[0].execute(statement)

    def copy(self, templates, rows=1 << 14):
        """In PostgreSQL's binary format: for each row the number of fields, each field after its length."""
        dimension = templates.shape[1]
        row = np.dtype([
            ("fields", ">i2"), ("id length", ">i4"), ("id", ">i8"), ("length", ">i4"), ("dimension", ">i2"), ("zero", ">i2"),
            ("embedding", ">f4", dimension)])
        with self.connections[0].cursor().copy("COPY peer FROM STDIN (FORMAT binary)") as copy:
            copy.write(b"PGCOPY\n\xff\r\n\0" + bytes(8))
            for start in range(0, len(templates), rows):
                part = templates[start : start + rows]
                block = np.zeros(len(part), row)
                block["fields"], block["id length"], block["length"], block["dimension"] = 2, 8, 4 + 4 * dimension, dimension
                block["id"], block["embedding"] = np.arange(start, start + len(part)), part
                copy.write(block.tobytes())
            copy.write(b"\xff\xff")

    def widen(self, width):
        for connection in self.connections:
            connection.execute(f"SET hnsw.ef_search = {width}")

    def prepare(self, probes):
        return ["[" + ",".join(map(str, probe)) + "]" for probe in probes.tolist()]

    def search(self, probes, k):
        """Each connection takes its share of the probes."""
        def run(part):
            connection, probes = part
            statement = f"SELECT id FROM peer ORDER BY embedding <-> %s::vector LIMIT {k}"
            return [[id for id, in connection.execute(statement, [probe])] for probe in probes]

        shares = [probes[start::CORES] for start in range(CORES)]
        found = np.full((len(probes), k), -1)
        with ThreadPoolExecutor(CORES) as pool:
            for start, rows in enumerate(pool.map(run, zip(self.connections, shares))):
                if rows:
                    found[start::CORES] = rows
        return found


def build(name, templates, url):
    library, _, kind = name.partition(" ")
    match library:
        case "faiss":
            return Faiss(templates, kind)
        case "hnswlib":
            return Hnswlib(templates)
        case "pgvector":
            return Pgvector(templates, url, kind == "hnsw")


def main():
    name, templates, probes, dimension, k, *url = sys.argv[1:]
    templates = np.memmap(templates, np.float32, "r").reshape(-1, int(dimension))
    probes = np.fromfile(probes, np.float32).reshape(-1, int(dimension))
    k = int(k)
    contender = None
    for line in sys.stdin:
        word, *numbers = line.split()
        seconds, found = 0, []
        if word == "ready":
            pass
        elif word == "build":
            seconds, contender = timed(build, name, templates, *url or [None])
            found = [getattr(contender, "bytes", 0)]
            if hasattr(contender, "prepare"):
                probes = contender.prepare(probes)
        elif word == "width":
            seconds, _ = timed(contender.widen, int(numbers[0]))
        else:
            first, count = map(int, numbers)
            size = 1 if word == "alone" else count
            parts = [probes[start : start + size] for start in range(first, first + count, size)]
            seconds, found = timed(lambda: [contender.search(part, k) for part in parts])
            found = np.concatenate(found).ravel()
        print(seconds, *found, flush=True)


if __name__ == "__main__":
    main()
