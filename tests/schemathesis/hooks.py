"""Provides what schemathesis needs to test a sandbox: credentials, and the rules that the document can't express.

The variable MILESTON_SANDBOX has the sandbox's credentials, as JSON.
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
    """Adds valid credentials, except in cases with invalid headers."""

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
