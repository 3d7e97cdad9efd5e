"""Several processes on one installation: who schedules, who works, and the queue between them.

Owns what stands in the queue and what is done of it. When a source is due is decided as in `run` on one machine; how it
is read, as everywhere. Needs a store on a server, and the extra `cluster` (Procrastinate).
"""

from feedbuilder.cluster.chores import Chores
from feedbuilder.cluster.job_queue import JobQueue
from feedbuilder.cluster.scheduler import Scheduler, schedule_by_turns
from feedbuilder.cluster.work import Worker

__all__ = ["Chores", "JobQueue", "Scheduler", "Worker", "schedule_by_turns"]
