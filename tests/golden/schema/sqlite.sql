CREATE TABLE access_tokens (
  mark VARCHAR(64) NOT NULL,
  name VARCHAR(63) NOT NULL,
  scopes VARCHAR(63) NOT NULL,
  made DOUBLE NOT NULL,
  expires DOUBLE NOT NULL,
  used DOUBLE NOT NULL,
  made_by TEXT NOT NULL,
  CONSTRAINT pk_access_tokens PRIMARY KEY (mark),
  CONSTRAINT uq_access_tokens_name UNIQUE (name)
);

CREATE TABLE alerts (
  subject VARCHAR(200) NOT NULL,
  sentence TEXT NOT NULL,
  at DOUBLE NOT NULL,
  CONSTRAINT pk_alerts PRIMARY KEY (subject)
);

CREATE TABLE approvals (
  id INTEGER NOT NULL,
  edition VARCHAR(100) NOT NULL,
  hash VARCHAR(64) NOT NULL,
  approved BOOLEAN NOT NULL,
  actor TEXT NOT NULL,
  note TEXT DEFAULT '' NOT NULL,
  at DOUBLE NOT NULL,
  variants TEXT DEFAULT '' NOT NULL,
  CONSTRAINT pk_approvals PRIMARY KEY (id)
);

CREATE INDEX ix_approvals_edition ON approvals (edition);

CREATE TABLE arrivals (
  id INTEGER NOT NULL,
  at DOUBLE NOT NULL,
  cause TEXT NOT NULL,
  actor TEXT NOT NULL,
  CONSTRAINT pk_arrivals PRIMARY KEY (id)
);

CREATE TABLE bases (
  edition VARCHAR(100) NOT NULL,
  number INTEGER NOT NULL,
  briefing VARCHAR(63) NOT NULL,
  content TEXT NOT NULL,
  at DOUBLE NOT NULL,
  CONSTRAINT pk_bases PRIMARY KEY (edition, number)
);

CREATE INDEX ix_bases_briefing ON bases (briefing);

CREATE TABLE choices (
  id INTEGER NOT NULL,
  topics TEXT NOT NULL,
  days SMALLINT NOT NULL,
  weekly BOOLEAN NOT NULL,
  CONSTRAINT pk_choices PRIMARY KEY (id),
  CONSTRAINT uq_choices_topics UNIQUE (topics, days, weekly)
);

CREATE TABLE clicks (
  edition VARCHAR(100) NOT NULL,
  number INTEGER NOT NULL,
  hour INTEGER NOT NULL,
  machine BOOLEAN NOT NULL,
  count INTEGER NOT NULL,
  CONSTRAINT pk_clicks PRIMARY KEY (edition, number, hour, machine)
);

CREATE TABLE comments (
  id INTEGER NOT NULL,
  edition VARCHAR(100) NOT NULL,
  item TEXT DEFAULT '' NOT NULL,
  text TEXT NOT NULL,
  actor TEXT NOT NULL,
  at DOUBLE NOT NULL,
  resolved_by TEXT,
  resolved_at DOUBLE,
  CONSTRAINT pk_comments PRIMARY KEY (id)
);

CREATE INDEX ix_comments_edition ON comments (edition);

CREATE TABLE confirmations (
  reader VARCHAR(20) NOT NULL,
  asked_at DOUBLE NOT NULL,
  due DOUBLE NOT NULL,
  CONSTRAINT pk_confirmations PRIMARY KEY (reader)
);

CREATE TABLE copies (
  source VARCHAR(63) NOT NULL,
  address VARCHAR(2000) NOT NULL,
  body BLOB NOT NULL,
  content_type TEXT NOT NULL,
  url TEXT NOT NULL,
  etag TEXT NOT NULL,
  last_modified TEXT NOT NULL,
  whole_at DOUBLE NOT NULL,
  good_at DOUBLE NOT NULL,
  next_try DOUBLE NOT NULL,
  quiet_until DOUBLE NOT NULL,
  failures INTEGER NOT NULL,
  fault TEXT NOT NULL,
  note TEXT NOT NULL,
  CONSTRAINT pk_copies PRIMARY KEY (source, address)
);

CREATE TABLE corrections (
  id INTEGER NOT NULL,
  briefing VARCHAR(63) NOT NULL,
  edition VARCHAR(100) NOT NULL,
  text TEXT NOT NULL,
  actor TEXT NOT NULL,
  at DOUBLE NOT NULL,
  printed_in VARCHAR(100),
  CONSTRAINT pk_corrections PRIMARY KEY (id)
);

CREATE INDEX ix_corrections_briefing ON corrections (briefing);

CREATE INDEX ix_corrections_edition ON corrections (edition);

CREATE TABLE deeds (
  id INTEGER NOT NULL,
  at DOUBLE NOT NULL,
  actor TEXT NOT NULL,
  verb VARCHAR(20) NOT NULL,
  edition VARCHAR(100) DEFAULT '' NOT NULL,
  hash VARCHAR(64) DEFAULT '' NOT NULL,
  detail TEXT DEFAULT '' NOT NULL,
  chain VARCHAR(64) DEFAULT '' NOT NULL,
  CONSTRAINT pk_deeds PRIMARY KEY (id)
);

CREATE INDEX ix_deeds_edition ON deeds (edition);

CREATE TABLE departed (
  mark VARCHAR(64) NOT NULL,
  standing VARCHAR(12) NOT NULL,
  at DOUBLE NOT NULL,
  CONSTRAINT pk_departed PRIMARY KEY (mark)
);

CREATE TABLE domain_reports (
  id INTEGER NOT NULL,
  kind VARCHAR(8) NOT NULL,
  organisation VARCHAR(250) NOT NULL,
  report_id VARCHAR(250) NOT NULL,
  domain VARCHAR(250) NOT NULL,
  begins DOUBLE NOT NULL,
  ends DOUBLE NOT NULL,
  policy TEXT NOT NULL,
  CONSTRAINT pk_domain_reports PRIMARY KEY (id),
  CONSTRAINT uq_domain_reports_kind UNIQUE (kind, organisation, report_id, domain)
);

CREATE INDEX ix_domain_reports_ends ON domain_reports (ends);

CREATE TABLE editor_addresses (
  actor VARCHAR(63) NOT NULL,
  email VARCHAR(320) NOT NULL,
  CONSTRAINT pk_editor_addresses PRIMARY KEY (actor)
);

CREATE TABLE editors (
  name VARCHAR(63) NOT NULL,
  role VARCHAR(10) NOT NULL,
  password TEXT NOT NULL,
  since DOUBLE NOT NULL,
  CONSTRAINT pk_editors PRIMARY KEY (name),
  CONSTRAINT ck_editors_role CHECK (role IN ('viewer', 'editor', 'approver', 'ops'))
);

CREATE TABLE emails (
  edition VARCHAR(100) NOT NULL,
  shows VARCHAR(64) NOT NULL,
  content TEXT NOT NULL,
  CONSTRAINT pk_emails PRIMARY KEY (edition)
);

CREATE TABLE event_rulings (
  id INTEGER NOT NULL,
  joined BOOLEAN NOT NULL,
  piece TEXT NOT NULL,
  other TEXT NOT NULL,
  edition VARCHAR(100) NOT NULL,
  actor TEXT NOT NULL,
  at DOUBLE NOT NULL,
  withdrawn DOUBLE,
  CONSTRAINT pk_event_rulings PRIMARY KEY (id)
);

CREATE TABLE failures (
  id INTEGER NOT NULL,
  at DOUBLE NOT NULL,
  mark VARCHAR(64) NOT NULL,
  CONSTRAINT pk_failures PRIMARY KEY (id)
);

CREATE INDEX ix_failures_at ON failures (at);

CREATE TABLE house (
  name VARCHAR(63) NOT NULL,
  value TEXT NOT NULL,
  CONSTRAINT pk_house PRIMARY KEY (name)
);

CREATE TABLE hub_subscriptions (
  id INTEGER NOT NULL,
  source VARCHAR(63) NOT NULL,
  address VARCHAR(2000) NOT NULL,
  topic TEXT NOT NULL,
  hub TEXT NOT NULL,
  callback VARCHAR(64) NOT NULL,
  secret VARCHAR(64) NOT NULL,
  standing VARCHAR(10) NOT NULL,
  asked DOUBLE NOT NULL,
  until DOUBLE NOT NULL,
  heard DOUBLE NOT NULL,
  read DOUBLE NOT NULL,
  next_try DOUBLE NOT NULL,
  failures INTEGER NOT NULL,
  fault TEXT NOT NULL,
  CONSTRAINT pk_hub_subscriptions PRIMARY KEY (id),
  CONSTRAINT uq_hub_subscriptions_callback UNIQUE (callback)
);

CREATE TABLE letter_counts (
  mailing INTEGER NOT NULL,
  state VARCHAR(10) NOT NULL,
  writer INTEGER NOT NULL,
  count INTEGER NOT NULL,
  doubtful INTEGER NOT NULL,
  CONSTRAINT pk_letter_counts PRIMARY KEY (mailing, state, writer)
)
 WITHOUT ROWID;

CREATE TABLE links (
  edition VARCHAR(100) NOT NULL,
  number INTEGER NOT NULL,
  url TEXT NOT NULL,
  CONSTRAINT pk_links PRIMARY KEY (edition, number)
);

CREATE TABLE mailings (
  number INTEGER NOT NULL,
  edition VARCHAR(100) NOT NULL,
  briefing VARCHAR(63) NOT NULL,
  list VARCHAR(63) NOT NULL,
  title TEXT NOT NULL,
  subject TEXT NOT NULL,
  hash VARCHAR(64) NOT NULL,
  email TEXT NOT NULL,
  status VARCHAR(12) NOT NULL,
  reason TEXT DEFAULT '' NOT NULL,
  frozen_at DOUBLE NOT NULL,
  done_at DOUBLE,
  CONSTRAINT pk_mailings PRIMARY KEY (number),
  CONSTRAINT ck_mailings_status CHECK (status IN ('sending', 'paused', 'aborted', 'sent')),
  CONSTRAINT uq_mailings_edition UNIQUE (edition)
);

CREATE TABLE manifests (
  edition VARCHAR(100) NOT NULL,
  made VARCHAR(10) NOT NULL,
  hash VARCHAR(64) NOT NULL,
  content TEXT NOT NULL,
  CONSTRAINT pk_manifests PRIMARY KEY (edition, made, hash)
);

CREATE TABLE opinions (
  edition VARCHAR(100) NOT NULL,
  good BOOLEAN NOT NULL,
  count INTEGER NOT NULL,
  CONSTRAINT pk_opinions PRIMARY KEY (edition, good)
);

CREATE TABLE outgoing_calls (
  id INTEGER NOT NULL,
  hook VARCHAR(63) NOT NULL,
  event VARCHAR(200) NOT NULL,
  kind VARCHAR(40) NOT NULL,
  body TEXT NOT NULL,
  at DOUBLE NOT NULL,
  tries INTEGER NOT NULL,
  next_try DOUBLE NOT NULL,
  done DOUBLE,
  given_up BOOLEAN NOT NULL,
  fault TEXT NOT NULL,
  CONSTRAINT pk_outgoing_calls PRIMARY KEY (id),
  CONSTRAINT uq_outgoing_calls_hook UNIQUE (hook, event)
);

CREATE INDEX ix_outgoing_calls_at ON outgoing_calls (at);

CREATE INDEX ix_outgoing_calls_next_try ON outgoing_calls (next_try);

CREATE TABLE passkeys (
  credential VARCHAR(1400) NOT NULL,
  actor VARCHAR(63) NOT NULL,
  title VARCHAR(80) NOT NULL,
  public_key TEXT NOT NULL,
  sign_count BIGINT NOT NULL,
  since DOUBLE NOT NULL,
  CONSTRAINT pk_passkeys PRIMARY KEY (credential)
);

CREATE INDEX ix_passkeys_actor ON passkeys (actor);

CREATE TABLE password_links (
  mark VARCHAR(64) NOT NULL,
  actor VARCHAR(63) NOT NULL,
  at DOUBLE NOT NULL,
  CONSTRAINT pk_password_links PRIMARY KEY (mark)
);

CREATE INDEX ix_password_links_actor ON password_links (actor);

CREATE TABLE pictures (
  sha256 VARCHAR(64) NOT NULL,
  content BLOB NOT NULL,
  at DOUBLE NOT NULL,
  CONSTRAINT pk_pictures PRIMARY KEY (sha256)
);

CREATE TABLE pieces (
  id INTEGER NOT NULL,
  edition VARCHAR(100) NOT NULL,
  name TEXT NOT NULL,
  page TEXT NOT NULL,
  source VARCHAR(63) NOT NULL,
  headline TEXT NOT NULL,
  lines TEXT NOT NULL,
  section TEXT NOT NULL,
  language VARCHAR(35) NOT NULL,
  verdict VARCHAR(10) NOT NULL,
  at DOUBLE NOT NULL,
  words TEXT NOT NULL,
  CONSTRAINT pk_pieces PRIMARY KEY (id)
);

CREATE INDEX ix_pieces_edition ON pieces (edition, name);

CREATE INDEX ix_pieces_page ON pieces (source, page);

CREATE TABLE printed (
  id INTEGER NOT NULL,
  briefing VARCHAR(63) NOT NULL,
  edition VARCHAR(100) NOT NULL,
  fingerprint VARCHAR(72) NOT NULL,
  url TEXT NOT NULL,
  words VARCHAR(64) NOT NULL,
  at DOUBLE NOT NULL,
  treatment VARCHAR(10) DEFAULT 'printed' NOT NULL,
  section TEXT DEFAULT '' NOT NULL,
  source VARCHAR(63) DEFAULT '' NOT NULL,
  event VARCHAR(20) DEFAULT '' NOT NULL,
  headline TEXT DEFAULT '' NOT NULL,
  CONSTRAINT pk_printed PRIMARY KEY (id)
);

CREATE INDEX ix_printed_briefing ON printed (briefing, at);

CREATE TABLE rate_shares (
  scope VARCHAR(300) NOT NULL,
  share DOUBLE NOT NULL,
  at DOUBLE NOT NULL,
  CONSTRAINT pk_rate_shares PRIMARY KEY (scope)
);

CREATE TABLE rate_tokens (
  scope VARCHAR(300) NOT NULL,
  number INTEGER NOT NULL,
  free_at DOUBLE NOT NULL,
  CONSTRAINT pk_rate_tokens PRIMARY KEY (scope, number)
);

CREATE TABLE reader_counts (
  list VARCHAR(63) NOT NULL,
  standing VARCHAR(12) NOT NULL,
  writer INTEGER NOT NULL,
  count INTEGER NOT NULL,
  CONSTRAINT pk_reader_counts PRIMARY KEY (list, standing, writer)
)
 WITHOUT ROWID;

CREATE TABLE readings (
  source VARCHAR(63) NOT NULL,
  at DOUBLE NOT NULL,
  found INTEGER NOT NULL,
  used INTEGER NOT NULL,
  dropped TEXT NOT NULL,
  fault TEXT NOT NULL,
  CONSTRAINT pk_readings PRIMARY KEY (source)
);

CREATE TABLE replies (
  mark VARCHAR(64) NOT NULL,
  kind VARCHAR(16) NOT NULL,
  at DOUBLE NOT NULL,
  handed DOUBLE,
  CONSTRAINT pk_replies PRIMARY KEY (mark)
);

CREATE INDEX ix_replies_at ON replies (at);

CREATE TABLE rulings (
  id INTEGER NOT NULL,
  fingerprint VARCHAR(72) NOT NULL,
  headline TEXT NOT NULL,
  verdict VARCHAR(10) NOT NULL,
  sponsor TEXT DEFAULT '' NOT NULL,
  note TEXT DEFAULT '' NOT NULL,
  thought VARCHAR(10) NOT NULL,
  score INTEGER NOT NULL,
  actor TEXT NOT NULL,
  at DOUBLE NOT NULL,
  withdrawn DOUBLE,
  telling TEXT DEFAULT '[]' NOT NULL,
  CONSTRAINT pk_rulings PRIMARY KEY (id)
);

CREATE TABLE seen_entries (
  id INTEGER NOT NULL,
  source VARCHAR(63) NOT NULL,
  guid TEXT NOT NULL,
  url TEXT NOT NULL,
  marks VARCHAR(72) NOT NULL,
  first DOUBLE NOT NULL,
  last DOUBLE NOT NULL,
  passed BOOLEAN NOT NULL,
  name TEXT DEFAULT '' NOT NULL,
  headline TEXT DEFAULT '' NOT NULL,
  moment DOUBLE DEFAULT '0' NOT NULL,
  changed DOUBLE DEFAULT '0' NOT NULL,
  state VARCHAR(10) DEFAULT 'new' NOT NULL,
  reason TEXT DEFAULT '' NOT NULL,
  edition VARCHAR(100) DEFAULT '' NOT NULL,
  facts TEXT DEFAULT '' NOT NULL,
  body BLOB,
  told_by TEXT DEFAULT '' NOT NULL,
  CONSTRAINT pk_seen_entries PRIMARY KEY (id)
);

CREATE INDEX ix_seen_entries_source ON seen_entries (source);

CREATE TABLE senders (
  worker VARCHAR(63) NOT NULL,
  edition VARCHAR(100) NOT NULL,
  since DOUBLE NOT NULL,
  seen DOUBLE NOT NULL,
  posted INTEGER NOT NULL,
  CONSTRAINT pk_senders PRIMARY KEY (worker)
);

CREATE TABLE sessions (
  mark VARCHAR(64) NOT NULL,
  actor VARCHAR(63) NOT NULL,
  role VARCHAR(10) NOT NULL,
  made DOUBLE NOT NULL,
  used DOUBLE NOT NULL,
  browser TEXT DEFAULT '' NOT NULL,
  CONSTRAINT pk_sessions PRIMARY KEY (mark)
);

CREATE INDEX ix_sessions_actor ON sessions (actor);

CREATE TABLE signups (
  id INTEGER NOT NULL,
  at DOUBLE NOT NULL,
  address VARCHAR(64) NOT NULL,
  network VARCHAR(64) NOT NULL,
  CONSTRAINT pk_signups PRIMARY KEY (id)
);

CREATE INDEX ix_signups_at ON signups (at);

CREATE TABLE slots (
  id INTEGER NOT NULL,
  briefing VARCHAR(63) NOT NULL,
  slot VARCHAR(80) NOT NULL,
  due DOUBLE NOT NULL,
  state VARCHAR(10) NOT NULL,
  edition VARCHAR(100),
  reason TEXT DEFAULT '' NOT NULL,
  at DOUBLE NOT NULL,
  list VARCHAR(63) DEFAULT '' NOT NULL,
  CONSTRAINT pk_slots PRIMARY KEY (id),
  CONSTRAINT ck_slots_state CHECK (state IN ('drafting', 'drafted', 'sending', 'sent', 'missed', 'skipped')),
  CONSTRAINT uq_slots_briefing UNIQUE (briefing, slot)
);

CREATE TABLE stamps (
  mark VARCHAR(64) NOT NULL,
  address VARCHAR(64) NOT NULL,
  at DOUBLE NOT NULL,
  CONSTRAINT pk_stamps PRIMARY KEY (mark)
);

CREATE TABLE subscribers (
  id INTEGER NOT NULL,
  ref VARCHAR(20) NOT NULL,
  list VARCHAR(63) NOT NULL,
  email VARCHAR(320) NOT NULL,
  email_key VARCHAR(320) NOT NULL,
  name TEXT DEFAULT '' NOT NULL,
  tags TEXT DEFAULT '' NOT NULL,
  standing VARCHAR(12) NOT NULL,
  since DOUBLE NOT NULL,
  arrival INTEGER,
  choice INTEGER,
  resumes DOUBLE,
  CONSTRAINT pk_subscribers PRIMARY KEY (id),
  CONSTRAINT ck_subscribers_standing CHECK (standing = 'pending' OR standing = 'active' OR standing = 'paused' OR standing = 'unsubscribed' OR standing = 'bounced' OR standing = 'complained' OR standing = 'erased'),
  CONSTRAINT uq_subscribers_email_key UNIQUE (email_key, list),
  CONSTRAINT uq_subscribers_ref UNIQUE (ref)
);

CREATE INDEX ix_subscribers_chosen ON subscribers (list) WHERE choice IS NOT NULL;

CREATE INDEX ix_subscribers_resumes ON subscribers (resumes) WHERE resumes IS NOT NULL;

CREATE TABLE suppressions (
  mark VARCHAR(64) NOT NULL,
  reason VARCHAR(12) NOT NULL,
  at DOUBLE NOT NULL,
  CONSTRAINT pk_suppressions PRIMARY KEY (mark)
);

CREATE TABLE testers (
  email VARCHAR(320) NOT NULL,
  at DOUBLE NOT NULL,
  CONSTRAINT pk_testers PRIMARY KEY (email)
);

CREATE TABLE told_mailings (
  mailing INTEGER NOT NULL,
  status VARCHAR(12) NOT NULL,
  times INTEGER NOT NULL,
  CONSTRAINT pk_told_mailings PRIMARY KEY (mailing)
);

CREATE TABLE bounces (
  id INTEGER NOT NULL,
  report VARCHAR(64) NOT NULL,
  subscriber INTEGER NOT NULL,
  mailing INTEGER,
  at DOUBLE NOT NULL,
  kind VARCHAR(10) NOT NULL,
  status VARCHAR(12) NOT NULL,
  detail TEXT NOT NULL,
  reason VARCHAR(20) DEFAULT '' NOT NULL,
  CONSTRAINT pk_bounces PRIMARY KEY (id),
  CONSTRAINT uq_bounces_report UNIQUE (report),
  CONSTRAINT fk_bounces_subscriber FOREIGN KEY(subscriber) REFERENCES subscribers (id),
  CONSTRAINT fk_bounces_mailing FOREIGN KEY(mailing) REFERENCES mailings (number)
);

CREATE INDEX ix_bounces_subscriber ON bounces (subscriber);

CREATE TABLE changes (
  id INTEGER NOT NULL,
  subscriber INTEGER NOT NULL,
  at DOUBLE NOT NULL,
  was VARCHAR(12) NOT NULL,
  becomes VARCHAR(12) NOT NULL,
  cause TEXT NOT NULL,
  actor TEXT NOT NULL,
  CONSTRAINT pk_changes PRIMARY KEY (id),
  CONSTRAINT fk_changes_subscriber FOREIGN KEY(subscriber) REFERENCES subscribers (id)
);

CREATE INDEX ix_changes_subscriber ON changes (subscriber);

CREATE TABLE deliveries (
  mailing INTEGER NOT NULL,
  subscriber INTEGER NOT NULL,
  state VARCHAR(10) NOT NULL,
  doubtful BOOLEAN DEFAULT 0 NOT NULL,
  tries SMALLINT DEFAULT '0' NOT NULL,
  at DOUBLE,
  due DOUBLE,
  reply TEXT DEFAULT '' NOT NULL,
  worker VARCHAR(63),
  lease DOUBLE,
  variant SMALLINT DEFAULT '0' NOT NULL,
  CONSTRAINT pk_deliveries PRIMARY KEY (mailing, subscriber),
  CONSTRAINT ck_deliveries_state CHECK (state = 'pending' OR state = 'posting' OR state = 'posted' OR state = 'deferred' OR state = 'bounced' OR state = 'in_doubt' OR state = 'skipped'),
  CONSTRAINT fk_deliveries_mailing FOREIGN KEY(mailing) REFERENCES mailings (number),
  CONSTRAINT fk_deliveries_subscriber FOREIGN KEY(subscriber) REFERENCES subscribers (id)
)
 WITHOUT ROWID;

CREATE INDEX ix_deliveries_due ON deliveries (mailing, due) WHERE due IS NOT NULL;

CREATE TABLE domain_report_lines (
  id INTEGER NOT NULL,
  report INTEGER NOT NULL,
  source VARCHAR(250) NOT NULL,
  count INTEGER NOT NULL,
  passed BOOLEAN NOT NULL,
  dkim BOOLEAN NOT NULL,
  spf BOOLEAN NOT NULL,
  result VARCHAR(40) NOT NULL,
  detail TEXT NOT NULL,
  CONSTRAINT pk_domain_report_lines PRIMARY KEY (id),
  CONSTRAINT fk_domain_report_lines_report FOREIGN KEY(report) REFERENCES domain_reports (id)
);

CREATE INDEX ix_domain_report_lines_report ON domain_report_lines (report);

CREATE TABLE shares (
  mailing INTEGER NOT NULL,
  choice INTEGER NOT NULL,
  had BIGINT NOT NULL,
  variant SMALLINT NOT NULL,
  CONSTRAINT pk_shares PRIMARY KEY (mailing, choice, had),
  CONSTRAINT fk_shares_mailing FOREIGN KEY(mailing) REFERENCES mailings (number)
);

CREATE TABLE totals (
  mailing INTEGER NOT NULL,
  state VARCHAR(12) NOT NULL,
  count INTEGER NOT NULL,
  doubtful INTEGER NOT NULL,
  CONSTRAINT pk_totals PRIMARY KEY (mailing, state),
  CONSTRAINT fk_totals_mailing FOREIGN KEY(mailing) REFERENCES mailings (number)
);

CREATE TABLE tries (
  id INTEGER NOT NULL,
  mailing INTEGER NOT NULL,
  subscriber INTEGER NOT NULL,
  at DOUBLE NOT NULL,
  state VARCHAR(10) NOT NULL,
  reply TEXT NOT NULL,
  CONSTRAINT pk_tries PRIMARY KEY (id),
  CONSTRAINT fk_tries_mailing FOREIGN KEY(mailing) REFERENCES mailings (number),
  CONSTRAINT fk_tries_subscriber FOREIGN KEY(subscriber) REFERENCES subscribers (id)
);

CREATE INDEX ix_tries_at ON tries (at);

CREATE INDEX ix_tries_delivery ON tries (mailing, subscriber);

CREATE TABLE variants (
  mailing INTEGER NOT NULL,
  number SMALLINT NOT NULL,
  hash VARCHAR(64) NOT NULL,
  stories TEXT NOT NULL,
  email TEXT NOT NULL,
  CONSTRAINT pk_variants PRIMARY KEY (mailing, number),
  CONSTRAINT fk_variants_mailing FOREIGN KEY(mailing) REFERENCES mailings (number)
);

CREATE TABLE versions (
  edition VARCHAR(100) NOT NULL,
  number INTEGER NOT NULL,
  base INTEGER NOT NULL,
  changes TEXT NOT NULL,
  said TEXT NOT NULL,
  actor TEXT NOT NULL,
  at DOUBLE NOT NULL,
  CONSTRAINT pk_versions PRIMARY KEY (edition, number),
  CONSTRAINT fk_versions_edition FOREIGN KEY(edition, base) REFERENCES bases (edition, number)
);

