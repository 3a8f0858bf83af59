"""Several requests at the same moment, each with an application context, a connection and a browser of its own."""

import threading
from collections.abc import Callable

from consult.extensions import db


def at_once(app, *works: Callable[[], object]) -> list:
    """Do all of this at the same moment; what each returned, in order. What one raises is raised here."""
    db.session.commit()
    gate, results, failures = threading.Barrier(len(works)), [None] * len(works), []

    def run(number: int) -> None:
        with app.app_context():
            try:
                gate.wait()
                results[number] = works[number]()
            except BaseException as failure:
                failures.append(failure)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    db.session.expire_all()
    return results
