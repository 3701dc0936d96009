"""Jobs/providers.yaml in DuckDB: python duckdb_job.py INPUTS CELLS"""

import sys

import duckdb

inputs, cells = sys.argv[1:]

duckdb.sql(f"""
    copy (
        with weights as (
            select ukprn, sector, weight / sum(weight) over (partition by ukprn) as weight
            from read_csv('{inputs}/provider-sectors.csv', header = true,
                columns = {{ukprn: varchar, sector: varchar, weight: double}})
        ),
        sums as (
            select provider_name, learner_home_lad as lad, sum(achievements) as achievements
            from read_csv('{inputs}/provision.csv.gz', header = true,
                columns = {{year: varchar, provider_name: varchar, learner_home_lad: varchar,
                    delivery_lad: varchar, starts: bigint, enrolments: bigint,
                    achievements: bigint}})
            where year = '2022/23'
            group by all
        ),
        provision as (
            select lad, sector, sum(achievements * weight) as provision
            from sums join weights
            on regexp_extract(provider_name, '\\((\\d{{8}})\\)$', 1) = ukprn
            group by all
        ),
        grid as (
            select lad, sector, provision, vacancies,
                provision / sum(provision) over area as provision_share,
                vacancies / sum(vacancies) over area as demand_share
            from (
                select lad, sector, vacancies, coalesce(provision, 0) as provision
                from read_csv('{inputs}/demand.csv', header = true,
                    columns = {{lad: varchar, sector: varchar, period: varchar,
                        vacancies: double}})
                left join provision using (lad, sector)
            )
            window area as (partition by lad)
        )
        select *, 100 * (provision_share - demand_share) as share_gap_pp
        from grid order by lad, sector
    ) to '{cells}' (header)
""")
