"""`python -m bench [name …]`: each measure, one line each; without names, all of them."""

import importlib
import sys

MEASURES = {
    "wire": "bytes and requests of the first view, and of the largest pages",
    "pages": "500 paragraphs and 1,000 comments against a bare page, on both databases",
    "letters": "letters out against a loop of the standard library, and 12,000 of them",
    "byround": "a whole round for a member with only e-mail: every octet, plain and packed",
    "digests": "a digest of 100 comments for each of many people",
    "mail": "mail in against the standard library's parsing alone",
    "papers": "150 pages of PDF in each of the six languages",
    "starting": "start of `consult up`, and memory when idle",
    "exchange": "a sheet of 51,387 comments on 2,000 paragraphs in with preview, and out again",
    "aligning": "two versions of 500 to 5,000 paragraphs, and one paragraph word by word",
    "carrying": "comments carried over to the next version, on labelled edits in four languages",
    "word": "a returned Word file of 150 pages, 300 comments and 500 tracked changes",
    "answering": "a round of 51,387 comments answered as one of 500 is, on both databases; grouping what says the same",
    "loops": "letters to machines that answer everything, and between two houses, in ten minutes of their own clock",
    "hostile": "3,500 real, odd and hostile mails through the desk",
    "reading": "a reply of 40 kB separated by subtraction, the double, and the worst bodies of 200 kB",
}


def main(names: list[str]) -> None:
    """Run the measures named, or all."""
    unknown = set(names) - set(MEASURES)
    if unknown:
        sys.exit("No such measure: " + ", ".join(sorted(unknown)) + "\n" + "\n".join(f"{n:<10}{w}" for n, w in MEASURES.items()))
    for name in names or MEASURES:
        print(f"{name}: {MEASURES[name]}", flush=True)
        importlib.import_module(f"bench.{name}").measure()


if __name__ == "__main__":
    main(sys.argv[1:])
