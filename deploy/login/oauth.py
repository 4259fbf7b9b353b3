"""Log-in at the university by OpenID Connect; who somebody is in the course stays the roster's to say.

Load it after the hub's own configuration, in a file of yours:

    load_subconfig("/opt/autograder/deploy/docker/jupyterhub_config.py")   # or another one of deploy/
    load_subconfig("/opt/autograder/deploy/login/oauth.py")

    OIDC_CLIENT_ID, OIDC_CLIENT_SECRET   as it knows this hub; the callback is https://<hub>/hub/oauth_callback
    OIDC_AUTHORIZE_URL, OIDC_TOKEN_URL, OIDC_USERINFO_URL   its endpoints (…/.well-known/openid-configuration)
    OIDC_USERNAME        the claim that holds the name in the roster; default preferred_username
    OIDC_LABEL           what the button says; default "the university"

The claim must be one that people cannot change for themselves and that is never given to somebody else later.
"""

from __future__ import annotations

import os

from oauthenticator.generic import GenericOAuthenticator

from autograder.hub.authenticator import RosterRoles


class RosterOIDC(RosterRoles, GenericOAuthenticator):
    """The university's word for who it is, the roster's for what he may do."""

    def normalize_username(self, username: str) -> str:
        """Universities write one name in several ways; the roster has it in small letters."""
        return username.strip().lower()


c = get_config()  # noqa: F821
c.JupyterHub.authenticator_class = RosterOIDC  # c.RosterRoles.groups_of is in the hub's configuration
c.RosterOIDC.client_id = os.environ["OIDC_CLIENT_ID"]
c.RosterOIDC.client_secret = os.environ["OIDC_CLIENT_SECRET"]
c.RosterOIDC.authorize_url = os.environ["OIDC_AUTHORIZE_URL"]
c.RosterOIDC.token_url = os.environ["OIDC_TOKEN_URL"]
c.RosterOIDC.userdata_url = os.environ["OIDC_USERINFO_URL"]
c.RosterOIDC.username_claim = os.environ.get("OIDC_USERNAME", "preferred_username")
c.RosterOIDC.login_service = os.environ.get("OIDC_LABEL", "the university")
c.RosterOIDC.scope = ["openid", "profile", "email"]
c.RosterOIDC.allow_all = True  # the roster has decided already
c.RosterOIDC.manage_groups = True
c.RosterOIDC.auto_login = False  # whoever logs out is not logged in again at once
