CREATE TABLE account (
  id          uuid PRIMARY KEY,
  email       text NOT NULL UNIQUE,
  password    text NOT NULL,
  plan        text NOT NULL DEFAULT 'free' CHECK (plan IN ('free', 'pro')),
  created_at  timestamptz NOT NULL DEFAULT now()
);
COMMENT ON COLUMN account.email IS 'normalised: lower case, domain in ASCII';
COMMENT ON COLUMN account.password IS 'Argon2id in PHC form; never the password';

-- From login to logout. Its refresh tokens form a family: using one twice ends them all.
CREATE TABLE session (
  id          uuid PRIMARY KEY,
  account     uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  created_at  timestamptz NOT NULL DEFAULT now(),
  expires_at  timestamptz NOT NULL
);
CREATE INDEX session_account ON session (account);
CREATE INDEX session_expires ON session (expires_at);

-- Used tokens stay until they would have expired, so that using one again is noticed.
CREATE TABLE refresh_token (
  sha256      bytea PRIMARY KEY CHECK (length(sha256) = 32),
  session     uuid NOT NULL REFERENCES session (id) ON DELETE CASCADE,
  expires_at  timestamptz NOT NULL,
  used_at     timestamptz
);
CREATE INDEX refresh_token_session ON refresh_token (session);
CREATE INDEX refresh_token_expires ON refresh_token (expires_at);

CREATE TABLE signing_key (
  id          text PRIMARY KEY,
  sealed      bytea NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now()
);
COMMENT ON COLUMN signing_key.sealed IS 'private JSON Web Key, AES-256-GCM under a key of the node';

-- Wrong passwords in a row. Kept for unknown addresses too, so that nothing tells them apart.
CREATE TABLE login_failure (
  sha256      bytea PRIMARY KEY CHECK (length(sha256) = 32),
  failures    integer NOT NULL,
  last_at     timestamptz NOT NULL
);
CREATE INDEX login_failure_last ON login_failure (last_at);
COMMENT ON COLUMN login_failure.sha256 IS 'of the normalised e-mail address';
