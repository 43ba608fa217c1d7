-- 100,000 projects: half of them of one agency (organization 1), the others of a thousand offices with fifty each. Twenty thousand offices
-- are known, most of them without projects yet.
-- Columns that are not named get a plain value of their type (large_database.py).

INSERT INTO accounts_organization (id, name)
SELECT n, 'Dinas ' || n FROM generate_series(1, 20000) n;

-- Person 1 is in the agency, person 2 in forty offices, everybody else in one.
INSERT INTO accounts_person (id, password, email, name, is_active)
SELECT n, '!', 'orang' || n || '@example.com', 'Orang ' || n, true FROM generate_series(1, 20000) n;

INSERT INTO accounts_membership (person_id, organization_id, role)
SELECT n, CASE WHEN n = 1 THEN 1 ELSE n END, 'owner' FROM generate_series(1, 20000) n
UNION SELECT 2, 100 + n, 'estimator' FROM generate_series(1, 40) n;

INSERT INTO accounts_apitoken (person_id, name, key, hash, scope, expires_at)
SELECT 1 + n % 5000, 'token', left(md5(n::text), 16), md5((-n)::text), 'read', now() + interval '1 day'
  FROM generate_series(1, 20000) n;

INSERT INTO django_session (session_key, session_data, expire_date)
SELECT md5(n::text), 'x', now() + interval '1 day' FROM generate_series(1, 50000) n;

-- One edition of 20,000 analyses with six lines each, and a price for each of their 5,000 resources.
INSERT INTO catalog_edition (id, slug, title, date, checksum, manifest)
VALUES (1, 'luas', 'Edisi luas', '2026-01-01', 'luas', '{"provenance": {}, "known_limits": {}}');

INSERT INTO catalog_analysis (id, edition_id, code, division, section, name, unit, position)
SELECT n, 1, '1.' || n, n % 12 || ' Divisi', 'Bagian', 'Pekerjaan ' || n, 'm3', n FROM generate_series(1, 20000) n;

INSERT INTO catalog_resource (id, edition_id, kind, name, unit)
SELECT n, 1, (ARRAY['labor', 'material', 'equipment'])[1 + n % 3], 'Sumber ' || n, 'kg' FROM generate_series(1, 5000) n;

INSERT INTO catalog_analysisline (analysis_id, position, line_kind, group_kind, resource_id, coefficient)
SELECT 1 + n / 6, 1 + n % 6, 'resource', 'labor', 1 + n % 5000, 0.5 FROM generate_series(0, 119999) n;

INSERT INTO prices_pricebook (id, slug, name, is_example, hours_per_day) VALUES (1, 'luas', 'Harga luas', true, 7);

INSERT INTO prices_price (book_id, kind, name, unit, price)
SELECT 1, kind, name, unit, id FROM catalog_resource;

-- Changed over years, in no order of their numbers.
INSERT INTO projects_project (id, organization_id, code, name, location, edition_id, price_book_id, overhead, vat_date,
                              hours_per_day, unit_price_rounding, total_rounding, numbering, revision, updated_at)
SELECT n, CASE WHEN n <= 50000 THEN 1 ELSE 2 + (n - 50001) / 50 END, 'p' || lpad(n::text, 9, '0'),
       'Pembangunan Gedung ' || md5(n::text), 'Bandung', 1, 1, 10, '2026-01-15', 7, 'half-up:0.01', 'floor:1000', 'written', 3,
       now() - (n::bigint * 7919 % 1000000) * interval '1 minute'
  FROM generate_series(1, 100000) n;

INSERT INTO projects_change (project_id, organization_id, revision, act)
SELECT id, organization_id, n, 'boq.import' FROM projects_project, generate_series(1, 3) n;

-- In project 777 people work every day: fifty thousand changes, each of two of its rows.
INSERT INTO projects_change (project_id, organization_id, revision, person_id, act, at, row_count, data)
SELECT 777, 1, 3 + n, 1 + n % 50, (ARRAY['items.set', 'prices.set', 'takeoff.set_lines'])[1 + n % 3],
       now() - (50000 - n) * interval '10 minutes', 2, '{"rows": {"before": "1", "after": "2"}}'
  FROM generate_series(1, 50000) n;

INSERT INTO projects_rowchange (project_id, organization_id, revision, kind, row, before, after)
SELECT id, organization_id, n, 'i', id * 50 + n, null::jsonb, '{"description": "Beton", "unit": "m3", "quantity": "10"}'::jsonb
  FROM projects_project, generate_series(1, 3) n
UNION ALL
SELECT 777, 1, 3 + n / 2, 'i', 776 * 50 + 1 + n * 7 % 50, '{"quantity": "10", "note": "lama"}',
       jsonb_build_object('quantity', n::text, 'note', left(md5(n::text), 6))
  FROM generate_series(2, 100001) n;

INSERT INTO projects_comment (project_id, organization_id, kind, row, person_id, text, at)
SELECT id, organization_id, 'i', id * 50 + n, 1, 'Cek volume', now() FROM projects_project, generate_series(1, 2) n;

INSERT INTO projects_snapshot (project_id, organization_id, name, revision, person_id, totals)
SELECT n, 1, 'Versi', 3, 1, '{}' FROM generate_series(1, 50000) n;

INSERT INTO projects_projectrole (project_id, organization_id, person_id, role)
SELECT n, 1, 1 + n % 5, 'reviewer' FROM generate_series(1, 50000) n;

INSERT INTO estimates_section (id, project_id, organization_id, position, number, name)
SELECT id * 2 + half, id, organization_id, 1 + half * 26, half::text, 'PEKERJAAN'
  FROM projects_project, generate_series(0, 1) half;

INSERT INTO estimates_workitem (project_id, organization_id, section_id, position, tag, analysis_id, description, unit,
                                quantity, reading_issues)
SELECT id, organization_id, id * 2 + n / 26, 2 + n, n, 1 + (id * 50 + n) % 20000, 'Beton', 'm3', 10, '[]'
  FROM projects_project, generate_series(1, 50) n;

INSERT INTO jobs_job (kind, person_id, title, state, percent, attempt, last_attempt, created_at, expires_at)
SELECT 'document', 1 + n % 5000, 'RAB', 'DONE', 100, 1, 3, now() - n * interval '1 minute', now() + interval '1 day'
  FROM generate_series(1, 100000) n;

INSERT INTO jobs_jobfile (job_id, name, content_type, size)
SELECT id, 'rab.pdf', 'application/pdf', 1 FROM jobs_job;
