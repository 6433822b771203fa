"""What schemathesis must know to talk to a sandbox: credentials, and the rules that the document cannot say.

The sandbox's credentials come in MILESTON_SANDBOX, as JSON.
"""

import json
import os

import schemathesis
from schemathesis.core.parameters import ParameterLocation

import credentials
import rules
import things
import values

GIVEN = json.loads(os.environ["MILESTON_SANDBOX"])

CREDENTIALS = credentials.Credentials(GIVEN)

values.register(things.make(GIVEN["url"], CREDENTIALS), GIVEN["business"])


@schemathesis.auth()
class Auth:
    """Good credentials, except where a case is about bad headers."""

    def get(self, case, context):
        return CREDENTIALS

    def set(self, case, data, context):
        if case.meta is None or not case.meta.is_negative_at(ParameterLocation.HEADER):
            case._auth = data


@schemathesis.hook
def before_load_schema(context, schema):
    values.bound(schema)
    values.accept_any_address(schema)
    rules.open(schema)


@schemathesis.hook
def filter_case(context, case):
    return rules.says_all(case)
