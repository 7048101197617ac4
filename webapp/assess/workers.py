"""The processes that answer heavy questions, so that light pages stay quick: few, with a short queue and a time limit.

A thread of the server waits for its answer; a question that takes too long is ended with its process.
"""

from __future__ import annotations

import multiprocessing
import pickle
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from pebble import ProcessExpired, ProcessFuture, ProcessPool

from geo.assess import worker
from geo.output.exports import worker as export_worker
from geo.plan import Plan
from webapp.errors import Problem, abandoned, busy, not_assessable

RETRY_AFTER_S = 5
_START_S = 60.0  # for a process to start on a busy machine; beyond it something is broken
_END_S = 10.0  # for processes to end
_LOOK_S = 0.25  # between two looks whether the reader is still there


@dataclass(frozen=True)
class WorkerLimits:
    """How many questions are answered at once, how many may wait, and the seconds that one may take."""

    processes: int = 2
    waiting: int = 2
    seconds: float = 20.0


class Workers:
    """A pool over one plan. It starts with the first question, or before it in the background by `start`.

    The processes get the plan itself, pickled: they answer by what the server shows, whatever happens to the folder.
    """

    def __init__(self, plan: Plan, limits: WorkerLimits | None = None) -> None:
        self.limits = limits or WorkerLimits()
        self._plan = plan
        self._lock = threading.Lock()
        self._pool: ProcessPool | None = None
        self._asked: set[ProcessFuture[Any]] = set()
        self._is_stopped = False
        self._places = threading.BoundedSemaphore(self.limits.processes + self.limits.waiting)

    def ask(
        self,
        question: Any,
        by: Callable[[Any], Any] = worker.answer_held,
        *,
        gone: Callable[[], bool] | None = None,
    ) -> Any:
        """The answer to a question, as `by` gives it in a worker; its GeoErrors are raised here.

        Problem 503 if too many questions wait, or a process died of this one; 422 if it takes too long. Once `gone`
        tells that nobody waits for the answer any more, its process is ended and the place is free: Problem 499.
        """
        if not self._places.acquire(blocking=False):
            raise busy(RETRY_AFTER_S)
        try:
            return self._wait(self._schedule(question, by), gone)
        finally:
            self._places.release()

    def start(self, after: Future[Any]) -> None:
        """Start the processes, once `after` is done, in its thread."""

        def begin(_future: Future[Any]) -> None:
            # Stopped meanwhile, or no process to be had: the first question will tell.
            with suppress(RuntimeError), self._lock:
                self._running()

        after.add_done_callback(begin)

    def stop(self) -> None:
        """End the processes, for good; whoever still waits is refused."""
        self._is_stopped = True
        self._drop()

    def _drop(self) -> None:
        with self._lock:
            pool, self._pool = self._pool, None
            for future in self._asked:  # nobody else tells whoever waits
                future.cancel()  # type: ignore[no-untyped-call]
            if pool is not None:
                _end(pool)

    def _schedule(self, question: Any, by: Callable[[Any], Any]) -> ProcessFuture[Any]:
        try:
            with self._lock:
                future = self._running().schedule(by, (question,), timeout=self.limits.seconds)
                self._asked.add(future)
        except RuntimeError:  # the pool broke just now, or the server ends; the next question finds a new one
            raise busy(RETRY_AFTER_S) from None
        return future

    def _wait(self, future: ProcessFuture[Any], gone: Callable[[], bool] | None) -> Any:
        deadline = time.monotonic() + _START_S + 2 * self.limits.seconds
        try:
            while not _has_come(future, _LOOK_S):
                if gone is not None and gone():
                    future.cancel()  # type: ignore[no-untyped-call]
                    raise abandoned()
                if time.monotonic() > deadline:
                    self._drop()  # no process takes questions any more
                    raise busy(RETRY_AFTER_S)
            return future.result()
        except TimeoutError:
            raise self._too_slow() from None
        except (ProcessExpired, BrokenProcessPool, CancelledError):
            raise busy(RETRY_AFTER_S) from None
        finally:
            with self._lock:
                self._asked.discard(future)

    def _too_slow(self) -> Problem:
        detail = _(
            "Working this out took longer than %(seconds)s seconds and was ended. Ask for less: simpler outlines, a "
            "smaller file, fewer layers.",
            seconds=f"{self.limits.seconds:g}",
        )
        return not_assessable("too_slow", detail, limit="seconds", most=self.limits.seconds)

    def _running(self) -> ProcessPool:
        """The pool, a new one if there is none or the last one broke; RuntimeError if none can be had.

        Whoever calls holds the lock.
        """
        if self._is_stopped:
            raise RuntimeError("the workers were stopped")
        if self._pool is not None and not self._pool.active:
            _end(self._pool)
            self._pool = None
        if self._pool is None:
            self._pool = _begin(self._plan, self.limits.processes)
        return self._pool


def _has_come(future: ProcessFuture[Any], seconds: float) -> bool:
    """Whether an answer, a failure or a refusal comes within `seconds`."""
    try:
        future.exception(seconds)  # a time-out of the work itself is returned, one of the waiting raised
    except TimeoutError:
        return False
    except CancelledError:
        pass
    return True


def _begin(plan: Plan, processes: int) -> ProcessPool:
    """A pool whose processes run. They are forked from a server of their own, which has imported what they need.

    A fork of this process would copy the locks that its other threads hold just then.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([worker.__name__, export_worker.__name__])
    pool = ProcessPool(
        max_workers=processes,
        initializer=worker.hold_plan,
        initargs=(pickle.dumps(plan, pickle.HIGHEST_PROTOCOL),),
        context=context,
    )
    # Ctrl-C in a terminal reaches every process of it. The server ends its workers itself; while they still start,
    # they would each print where they were.
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        assert pool.active, "asking starts it"
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
    return pool


def _end(pool: ProcessPool) -> None:
    """Stop a pool. If the server of its processes died while one was being started, its thread may wait for ever: it is
    left behind then, for the processes end by themselves when this one does."""
    pool.stop()  # type: ignore[no-untyped-call]
    joining = threading.Thread(target=pool.join, name="workers-end", daemon=True)
    joining.start()
    joining.join(_END_S)
