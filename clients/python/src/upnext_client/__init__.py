"""The client of upnext: calls, typed errors, and each seller's live queue."""

from upnext_client import v1 as v1
from upnext_client._async_queue import AsyncQueue as AsyncQueue
from upnext_client._client import AsyncClient as AsyncClient
from upnext_client._client import Client as Client
from upnext_client._errors import Aborted as Aborted
from upnext_client._errors import AlreadyExists as AlreadyExists
from upnext_client._errors import Cancelled as Cancelled
from upnext_client._errors import DeadlineExceeded as DeadlineExceeded
from upnext_client._errors import FailedPrecondition as FailedPrecondition
from upnext_client._errors import InvalidArgument as InvalidArgument
from upnext_client._errors import NotFound as NotFound
from upnext_client._errors import PermissionDenied as PermissionDenied
from upnext_client._errors import ResourceExhausted as ResourceExhausted
from upnext_client._errors import Unauthenticated as Unauthenticated
from upnext_client._errors import Unavailable as Unavailable
from upnext_client._errors import UpnextError as UpnextError
from upnext_client._errors import Violation as Violation
from upnext_client._errors import from_status as from_status
from upnext_client._pages import AsyncPages as AsyncPages
from upnext_client._pages import Pages as Pages
from upnext_client._queue import Queue as Queue
from upnext_client._state import Change as Change
