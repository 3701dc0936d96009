-- 1. The guard. Each row names texts that a reading from files refuses: there must be none.
WITH texts AS (
  SELECT TRUE AS kept,
    1 AS own_row,
    CONCAT(COALESCE(CAST(CAST(CAST(`year` AS STRING) AS BINARY) AS STRING), ''), ' ', COALESCE(CAST(CAST(CAST(`term` AS STRING) AS BINARY) AS STRING), '')) AS period,
    COALESCE(CAST(CAST(CAST(`area` AS STRING) AS BINARY) AS STRING), '') AS area,
    COALESCE(CAST(CAST(CAST(`sector` AS STRING) AS BINARY) AS STRING), '') AS category,
    '1' AS figure
  FROM `db`.`adverts`
), counted AS (
  SELECT kept, own_row, period, area, category, figure, CAST(COUNT(*) AS DECIMAL(18,0)) AS n
  FROM texts
  GROUP BY kept, own_row, period, area, category, figure
), numbered AS (
  SELECT counted.*,
    '' AS mark,
    CAST(1 AS DECIMAL(18,0)) AS number,
    FALSE AS is_total,
    1 AS copies
  FROM counted
), judged AS (
  SELECT numbered.*, CASE
    WHEN NOT kept THEN ''
    WHEN REGEXP_LIKE(period, '\\A[\\x{9}-\\x{d}\\x{20}\\x{85}\\x{a0}\\x{ad}\\x{1680}\\x{180e}\\x{2000}-\\x{200f}\\x{2028}-\\x{202f}\\x{205f}-\\x{2069}\\x{3000}\\x{feff}]*\\z') THEN 'an empty period'
    WHEN REGEXP_LIKE(period, '(?i)\\A(#N/A|#GETTING_DATA|#[A-Z0-9/_]+[!?]|ERR:[0-9]+)\\z') THEN 'an error of a spreadsheet as period'
    WHEN REGEXP_LIKE(area, '\\A[\\x{9}-\\x{d}\\x{20}\\x{85}\\x{a0}\\x{ad}\\x{1680}\\x{180e}\\x{2000}-\\x{200f}\\x{2028}-\\x{202f}\\x{205f}-\\x{2069}\\x{3000}\\x{feff}]*\\z') THEN 'an empty area'
    WHEN REGEXP_LIKE(area, '(?i)\\A(#N/A|#GETTING_DATA|#[A-Z0-9/_]+[!?]|ERR:[0-9]+)\\z') THEN 'an error of a spreadsheet as area'
    WHEN REGEXP_LIKE(category, '\\A[\\x{9}-\\x{d}\\x{20}\\x{85}\\x{a0}\\x{ad}\\x{1680}\\x{180e}\\x{2000}-\\x{200f}\\x{2028}-\\x{202f}\\x{205f}-\\x{2069}\\x{3000}\\x{feff}]*\\z') THEN 'an empty category'
    WHEN REGEXP_LIKE(category, '(?i)\\A(#N/A|#GETTING_DATA|#[A-Z0-9/_]+[!?]|ERR:[0-9]+)\\z') THEN 'an error of a spreadsheet as category'
    ELSE '' END AS fault
  FROM numbered
)
SELECT fault, period, area, category, figure, SUM(n) AS row_count
FROM judged
WHERE fault <> ''
GROUP BY fault, period, area, category, figure
UNION ALL
SELECT 'a duplicated advert_id', period, '', '', text, COUNT(*) AS row_count
FROM (SELECT CONCAT(COALESCE(CAST(CAST(CAST(`year` AS STRING) AS BINARY) AS STRING), ''), ' ', COALESCE(CAST(CAST(CAST(`term` AS STRING) AS BINARY) AS STRING), '')) AS period, COALESCE(CAST(CAST(CAST(`advert_id` AS STRING) AS BINARY) AS STRING), '') AS text FROM `db`.`adverts` WHERE TRUE) AS records
GROUP BY period, text
HAVING COUNT(*) > 1;

-- 2. The tally, in any order of its rows. Save it as CSV with the names of its columns.
WITH texts AS (
  SELECT TRUE AS kept,
    1 AS own_row,
    CONCAT(COALESCE(CAST(CAST(CAST(`year` AS STRING) AS BINARY) AS STRING), ''), ' ', COALESCE(CAST(CAST(CAST(`term` AS STRING) AS BINARY) AS STRING), '')) AS period,
    COALESCE(CAST(CAST(CAST(`area` AS STRING) AS BINARY) AS STRING), '') AS area,
    COALESCE(CAST(CAST(CAST(`sector` AS STRING) AS BINARY) AS STRING), '') AS category,
    '1' AS figure
  FROM `db`.`adverts`
), counted AS (
  SELECT kept, own_row, period, area, category, figure, CAST(COUNT(*) AS DECIMAL(18,0)) AS n
  FROM texts
  GROUP BY kept, own_row, period, area, category, figure
), numbered AS (
  SELECT counted.*,
    '' AS mark,
    CAST(1 AS DECIMAL(18,0)) AS number,
    FALSE AS is_total,
    1 AS copies
  FROM counted
), judged AS (
  SELECT numbered.*, CASE
    WHEN NOT kept THEN ''
    WHEN REGEXP_LIKE(period, '\\A[\\x{9}-\\x{d}\\x{20}\\x{85}\\x{a0}\\x{ad}\\x{1680}\\x{180e}\\x{2000}-\\x{200f}\\x{2028}-\\x{202f}\\x{205f}-\\x{2069}\\x{3000}\\x{feff}]*\\z') THEN 'an empty period'
    WHEN REGEXP_LIKE(period, '(?i)\\A(#N/A|#GETTING_DATA|#[A-Z0-9/_]+[!?]|ERR:[0-9]+)\\z') THEN 'an error of a spreadsheet as period'
    WHEN REGEXP_LIKE(area, '\\A[\\x{9}-\\x{d}\\x{20}\\x{85}\\x{a0}\\x{ad}\\x{1680}\\x{180e}\\x{2000}-\\x{200f}\\x{2028}-\\x{202f}\\x{205f}-\\x{2069}\\x{3000}\\x{feff}]*\\z') THEN 'an empty area'
    WHEN REGEXP_LIKE(area, '(?i)\\A(#N/A|#GETTING_DATA|#[A-Z0-9/_]+[!?]|ERR:[0-9]+)\\z') THEN 'an error of a spreadsheet as area'
    WHEN REGEXP_LIKE(category, '\\A[\\x{9}-\\x{d}\\x{20}\\x{85}\\x{a0}\\x{ad}\\x{1680}\\x{180e}\\x{2000}-\\x{200f}\\x{2028}-\\x{202f}\\x{205f}-\\x{2069}\\x{3000}\\x{feff}]*\\z') THEN 'an empty category'
    WHEN REGEXP_LIKE(category, '(?i)\\A(#N/A|#GETTING_DATA|#[A-Z0-9/_]+[!?]|ERR:[0-9]+)\\z') THEN 'an error of a spreadsheet as category'
    ELSE '' END AS fault
  FROM numbered
), recorded AS (
  SELECT
    CASE WHEN records.record = 'figure' THEN CASE WHEN fault <> '' THEN 'refused'
      WHEN is_total THEN 'total' WHEN mark <> '' THEN 'mark' ELSE 'cell' END
      WHEN records.record IN ('area', 'category') THEN 'name' ELSE records.record END AS record,
    CASE WHEN records.record IN ('figure', 'account') THEN period ELSE '' END AS period,
    CASE WHEN records.record IN ('figure', 'area') THEN area ELSE '' END AS area,
    CASE WHEN records.record IN ('figure', 'category') AND NOT is_total
      THEN category ELSE '' END AS category,
    CASE WHEN records.record = 'figure' AND NOT is_total THEN mark
      WHEN records.record <> 'account' THEN ''
      WHEN NOT kept THEN 'where' WHEN is_total THEN 'totals' ELSE 'published' END AS mark,
    CASE WHEN records.record = 'input' THEN n * own_row ELSE n END AS figures,
    CASE WHEN fault = '' THEN n * number END AS value,
    CASE WHEN records.record = 'figure' THEN fault ELSE '' END AS text
  FROM judged CROSS JOIN (SELECT 'input' AS record UNION ALL SELECT 'account' AS record UNION ALL SELECT 'figure' AS record) AS records
  WHERE records.record IN ('input', 'account') OR kept AND (records.record = 'figure')
), summed AS (
  SELECT record, period, area, category, mark, SUM(figures) AS figures, SUM(value) AS value,
    MIN(text) AS text
  FROM recorded
  GROUP BY record, period, area, category, mark
)
SELECT record, period, area, category, mark,
  CASE WHEN record IN ('input', 'account') THEN 'db.adverts' ELSE '' END AS input,
  CASE WHEN record IN ('total', 'name') THEN '' ELSE CASE WHEN figures <> 0 THEN CAST(figures AS STRING) ELSE '' END END AS figures,
  CASE WHEN record IN ('cell', 'account') THEN CASE WHEN value <> 0 THEN CAST(value AS STRING) ELSE '' END ELSE '' END AS value, '' AS value_rest,
  '' AS below, '' AS below_rest,
  '' AS above, '' AS above_rest,
  '' AS first_input, '' AS first_line,
  CASE WHEN record = 'input' THEN '{"table":"db.adverts"}' ELSE text END AS text
FROM summed
UNION ALL
SELECT 'tally', '', '', '', '', '', '', '', '', '', '', '', '', '', '', '...';
