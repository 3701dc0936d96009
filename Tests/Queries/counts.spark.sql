-- 1. The guard. Each row names texts that a reading from files refuses: there must be none.
WITH texts AS (
  SELECT (COALESCE(CAST(CAST(CAST(`level` AS STRING) AS BINARY) AS STRING), '') IN ('LAD') AND COALESCE(CAST(CAST(CAST(`measure` AS STRING) AS BINARY) AS STRING), '') NOT IN ('it\'s a \\rate')) AS kept,
    1 AS own_row,
    COALESCE(CAST(CAST(CAST(`month` AS STRING) AS BINARY) AS STRING), '') AS period,
    COALESCE(CAST(CAST(CAST(`area` AS STRING) AS BINARY) AS STRING), '') AS area,
    COALESCE(CAST(CAST(CAST(`sector` AS STRING) AS BINARY) AS STRING), '') AS category,
    COALESCE(CAST(CAST(CAST(`count` AS STRING) AS BINARY) AS STRING), '') AS figure,
    NULLIF(COALESCE(CAST(CAST(CAST(`area_name` AS STRING) AS BINARY) AS STRING), ''), '') AS area_name
  FROM `db`.`adverts`
), counted AS (
  SELECT kept, own_row, period, area, category, figure, CAST(COUNT(*) AS DECIMAL(18,0)) AS n, MIN(area_name) AS area_name
  FROM texts
  GROUP BY kept, own_row, period, area, category, figure
), numbered AS (
  SELECT counted.*,
    CASE WHEN figure IN ('[c]', 'c') THEN 'c 0..' WHEN figure IN ('[k]', '[low]', 'k', 'low') THEN 'low 1..2' WHEN figure IN ('[w]', 'w') THEN 'w 0..' WHEN figure IN ('x') THEN 'x 0..' WHEN figure IN ('[x]') THEN 'x 0..4' WHEN figure IN ('[z]', 'z') THEN 'z 0..0' ELSE '' END AS mark,
    CASE WHEN REGEXP_LIKE(figure, '\\A[+]?([0-9]{1,16}|[1-9][0-9]{0,2}(,[0-9]{3}){1,5})([.]0*)?\\z') AND TRY_CAST(REGEXP_REPLACE(figure, '[+,]|[.]0*\\z', '') AS DECIMAL(18,0)) <= 9007199254740991 THEN TRY_CAST(REGEXP_REPLACE(figure, '[+,]|[.]0*\\z', '') AS DECIMAL(18,0)) END AS number,
    CASE WHEN NOT kept THEN CAST(n AS DECIMAL(15,0)) * CASE WHEN REGEXP_LIKE(figure, '\\A[+-]?([0-9]{1,16}|[1-9][0-9]{0,2}(,[0-9]{3}){1,5})([.][0-9]*)?\\z') AND ABS(TRY_CAST(REGEXP_REPLACE(figure, '[+,]|[.]\\z', '') AS DECIMAL(22,6))) <= 9007199254740991 THEN TRY_CAST(REGEXP_REPLACE(figure, '[+,]|[.]\\z', '') AS DECIMAL(22,6)) END END AS left_out,
    FALSE AS is_total,
    SUM(n) OVER (PARTITION BY kept, period, area, category) AS copies
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
    WHEN mark = '' AND number IS NULL THEN CASE WHEN figure = '' THEN 'an empty figure' WHEN REGEXP_LIKE(figure, '\\A-([0-9]{1,16}|[1-9][0-9]{0,2}(,[0-9]{3}){1,5})([.][0-9]*)?([eE][+-]?[0-9]+)?\\z') THEN 'a figure below 0' WHEN REGEXP_LIKE(figure, '\\A[+]?([0-9]{1,16}|[1-9][0-9]{0,2}(,[0-9]{3}){1,5})([.][0-9]*)?([eE][+-]?[0-9]+)?\\z') THEN 'a figure that is no whole count up to 9007199254740991' ELSE 'a text that is neither a number nor a marker' END
    WHEN copies > 1 THEN 'a duplicated key'
    ELSE '' END AS fault
  FROM numbered
)
SELECT fault, period, area, category, figure, SUM(n) AS row_count
FROM judged
WHERE fault <> ''
GROUP BY fault, period, area, category, figure;

-- 2. The tally, in any order of its rows. Save it as CSV with the names of its columns.
WITH texts AS (
  SELECT (COALESCE(CAST(CAST(CAST(`level` AS STRING) AS BINARY) AS STRING), '') IN ('LAD') AND COALESCE(CAST(CAST(CAST(`measure` AS STRING) AS BINARY) AS STRING), '') NOT IN ('it\'s a \\rate')) AS kept,
    1 AS own_row,
    COALESCE(CAST(CAST(CAST(`month` AS STRING) AS BINARY) AS STRING), '') AS period,
    COALESCE(CAST(CAST(CAST(`area` AS STRING) AS BINARY) AS STRING), '') AS area,
    COALESCE(CAST(CAST(CAST(`sector` AS STRING) AS BINARY) AS STRING), '') AS category,
    COALESCE(CAST(CAST(CAST(`count` AS STRING) AS BINARY) AS STRING), '') AS figure,
    NULLIF(COALESCE(CAST(CAST(CAST(`area_name` AS STRING) AS BINARY) AS STRING), ''), '') AS area_name
  FROM `db`.`adverts`
), counted AS (
  SELECT kept, own_row, period, area, category, figure, CAST(COUNT(*) AS DECIMAL(18,0)) AS n, MIN(area_name) AS area_name
  FROM texts
  GROUP BY kept, own_row, period, area, category, figure
), numbered AS (
  SELECT counted.*,
    CASE WHEN figure IN ('[c]', 'c') THEN 'c 0..' WHEN figure IN ('[k]', '[low]', 'k', 'low') THEN 'low 1..2' WHEN figure IN ('[w]', 'w') THEN 'w 0..' WHEN figure IN ('x') THEN 'x 0..' WHEN figure IN ('[x]') THEN 'x 0..4' WHEN figure IN ('[z]', 'z') THEN 'z 0..0' ELSE '' END AS mark,
    CASE WHEN REGEXP_LIKE(figure, '\\A[+]?([0-9]{1,16}|[1-9][0-9]{0,2}(,[0-9]{3}){1,5})([.]0*)?\\z') AND TRY_CAST(REGEXP_REPLACE(figure, '[+,]|[.]0*\\z', '') AS DECIMAL(18,0)) <= 9007199254740991 THEN TRY_CAST(REGEXP_REPLACE(figure, '[+,]|[.]0*\\z', '') AS DECIMAL(18,0)) END AS number,
    CASE WHEN NOT kept THEN CAST(n AS DECIMAL(15,0)) * CASE WHEN REGEXP_LIKE(figure, '\\A[+-]?([0-9]{1,16}|[1-9][0-9]{0,2}(,[0-9]{3}){1,5})([.][0-9]*)?\\z') AND ABS(TRY_CAST(REGEXP_REPLACE(figure, '[+,]|[.]\\z', '') AS DECIMAL(22,6))) <= 9007199254740991 THEN TRY_CAST(REGEXP_REPLACE(figure, '[+,]|[.]\\z', '') AS DECIMAL(22,6)) END END AS left_out,
    FALSE AS is_total,
    SUM(n) OVER (PARTITION BY kept, period, area, category) AS copies
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
    WHEN mark = '' AND number IS NULL THEN CASE WHEN figure = '' THEN 'an empty figure' WHEN REGEXP_LIKE(figure, '\\A-([0-9]{1,16}|[1-9][0-9]{0,2}(,[0-9]{3}){1,5})([.][0-9]*)?([eE][+-]?[0-9]+)?\\z') THEN 'a figure below 0' WHEN REGEXP_LIKE(figure, '\\A[+]?([0-9]{1,16}|[1-9][0-9]{0,2}(,[0-9]{3}){1,5})([.][0-9]*)?([eE][+-]?[0-9]+)?\\z') THEN 'a figure that is no whole count up to 9007199254740991' ELSE 'a text that is neither a number nor a marker' END
    WHEN copies > 1 THEN 'a duplicated key'
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
    CASE WHEN records.record = 'figure' AND fault = '' AND number IS NOT NULL THEN n * CAST(CASE WHEN number = 0 THEN 0 ELSE LEAST(number, 2) END AS DECIMAL(18,0)) END AS below,
    CASE WHEN records.record = 'figure' AND fault = '' AND number IS NOT NULL THEN n * CAST(CASE WHEN number = 0 THEN 0 ELSE 2 END AS DECIMAL(18,0)) END AS above,
    CASE WHEN records.record = 'account' THEN left_out END AS left_out,
    CASE WHEN records.record = 'figure' THEN fault WHEN records.record = 'area' THEN area_name ELSE '' END AS text
  FROM judged CROSS JOIN (SELECT 'input' AS record UNION ALL SELECT 'account' AS record UNION ALL SELECT 'figure' AS record UNION ALL SELECT 'area' AS record) AS records
  WHERE records.record IN ('input', 'account') OR kept AND (records.record = 'figure' OR records.record = 'area' AND fault = '' AND NOT is_total AND area_name IS NOT NULL)
), summed AS (
  SELECT record, period, area, category, mark, SUM(figures) AS figures, SUM(value) AS value,
    SUM(left_out) AS left_out, SUM(below) AS below, SUM(above) AS above, MIN(text) AS text
  FROM recorded
  GROUP BY record, period, area, category, mark
)
SELECT record, period, area, category, mark,
  CASE WHEN record IN ('input', 'account') THEN 'db.adverts' ELSE '' END AS input,
  CASE WHEN record IN ('total', 'name') THEN '' ELSE CASE WHEN figures <> 0 THEN CAST(figures AS STRING) ELSE '' END END AS figures,
  CASE WHEN mark = 'where' AND record = 'account' THEN CASE WHEN left_out <> 0 THEN CAST(left_out AS STRING) ELSE '' END ELSE CASE WHEN record IN ('cell', 'account') THEN CASE WHEN value <> 0 THEN CAST(value AS STRING) ELSE '' END ELSE '' END END AS value, '' AS value_rest,
  CASE WHEN below <> 0 THEN CAST(below AS STRING) ELSE '' END AS below, '' AS below_rest,
  CASE WHEN above <> 0 THEN CAST(above AS STRING) ELSE '' END AS above, '' AS above_rest,
  '' AS first_input, '' AS first_line,
  CASE WHEN record = 'input' THEN '{"table":"db.adverts"}' ELSE text END AS text
FROM summed
UNION ALL
SELECT 'tally', '', '', '', '', '', '', '', '', '', '', '', '', '', '', '...';
