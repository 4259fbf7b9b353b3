"""Log-in from a learning platform (Moodle, Canvas) by LTI 1.3; who somebody is in the course stays the roster's to say.

Load it after the hub's own configuration, as deploy/login/oauth.py says. The platform's page of the tool asks for:

    log-in URL     https://<hub>/hub/lti13/oauth_login
    redirect URL   https://<hub>/hub/lti13/oauth_callback

and names in turn what goes into

    LTI13_ISSUER, LTI13_CLIENT_IDS (with spaces between), LTI13_AUTHORIZE_URL, LTI13_JWKS_URL
    LTI13_USERNAME   the claim that holds the name in the roster; default "sub", the platform's own id, which nobody can change;
                     "email" only where the platform does not let people edit theirs

Names that differ from the roster's are told by `c.RosterLTI.username_map = {"5a2f…": "ann"}`. Grades go back by `autograder export`.
"""

from __future__ import annotations

import os

from ltiauthenticator.lti13.auth import LTI13Authenticator

from autograder.hub.authenticator import RosterRoles


class RosterLTI(RosterRoles, LTI13Authenticator):
    """The platform's word for who it is, the roster's for what he may do."""


c = get_config()  # noqa: F821
c.JupyterHub.authenticator_class = RosterLTI  # c.RosterRoles.groups_of is in the hub's configuration
c.RosterLTI.issuer = os.environ["LTI13_ISSUER"]
c.RosterLTI.client_id = set(os.environ["LTI13_CLIENT_IDS"].split())
c.RosterLTI.authorize_url = os.environ["LTI13_AUTHORIZE_URL"]
c.RosterLTI.jwks_endpoint = os.environ["LTI13_JWKS_URL"]
c.RosterLTI.username_key = os.environ.get("LTI13_USERNAME", "sub")
c.RosterLTI.uri_scheme = "https"
c.RosterLTI.allow_all = True  # the roster has decided already
c.RosterLTI.manage_groups = True
c.JupyterHub.tornado_settings = {
    "slow_spawn_timeout": 0,
    "cookie_options": {"SameSite": "None", "Secure": True},  # the platform's form comes from another site
}
