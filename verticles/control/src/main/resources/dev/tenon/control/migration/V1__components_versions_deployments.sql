-- Truth about what the cluster has and should run. Every name of a component is the one in its component.yaml or
-- wrangler file.

DO $$ BEGIN EXECUTE format('REVOKE CONNECT ON DATABASE %I FROM PUBLIC', current_database()); END $$;

CREATE TABLE component (
  name        text PRIMARY KEY CHECK (name ~ '^[a-z][a-z0-9-]{0,47}$'),
  kind        text NOT NULL CHECK (kind IN ('service', 'worker')),
  created_at  timestamptz NOT NULL DEFAULT now()
);

-- One immutable upload. The same bytes under the same number are the same version.
CREATE TABLE version (
  id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  component   text NOT NULL REFERENCES component (name),
  number      text NOT NULL,
  sha256      bytea NOT NULL CHECK (length(sha256) = 32),
  created_at  timestamptz NOT NULL DEFAULT now(),
  UNIQUE (component, number, sha256)
);

-- What the cluster should run of a component from a moment on; the newest one counts.
CREATE TABLE deployment (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  component   text NOT NULL REFERENCES component (name),
  created_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX deployment_newest ON deployment (component, id DESC);

CREATE TABLE deployment_share (
  deployment  bigint NOT NULL REFERENCES deployment (id) ON DELETE CASCADE,
  version     uuid NOT NULL REFERENCES version (id),
  percent     smallint NOT NULL CHECK (percent BETWEEN 0 AND 100),
  PRIMARY KEY (deployment, version)
);

-- The database of a component. Its password is derived from the node key and the generation, and stored nowhere.
CREATE TABLE component_database (
  component   text PRIMARY KEY,
  database    text NOT NULL UNIQUE,
  role        text NOT NULL UNIQUE,
  generation  integer NOT NULL,
  node_key    text NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now()
);
COMMENT ON COLUMN component_database.node_key IS 'id of the node key that the password was derived from';
