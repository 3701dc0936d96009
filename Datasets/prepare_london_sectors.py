#!/usr/bin/env python3
"""Prepare the worked example london-sectors.

    python3 prepare_london_sectors.py EXTRACTS_DIR

EXTRACTS_DIR holds the published files named below (README.md in london-sectors
says who publishes them and which commit they were taken from). The tables are
written to the folder london-sectors beside this script; README.md there is
written by hand and only checked. Python 3 standard library only; the same
input always gives the same bytes.

Read:
  provision/apprenticeships_provider_standard_202223_202324.csv.gz
  provision/apprenticeships_provider_region_202223_202324.csv.gz
  demand/D_OnsProfDetail_Dec22.csv
  lookup/lsips.csv, lookup/lsip_lad_hierarchy.csv, lookup/regions.csv
  lookup/Local_Authority_District_(2011)_to_Local_Authority_District_(2021)_Lookup_for_England_and_Wales.csv
  lookup/Local_Authority_District_to_Region_(December_2022)_Lookup_in_England.csv
  nomis/QS102EW LAD2011.csv

Both crosswalks follow one definition: a sector is the occupation a person is
trained for or hired into, not the industry of the employer. Weights are whole,
halves or quarters, so that they sum to exactly 1 in binary arithmetic.
"""
import collections
import csv
import gzip
import pathlib
import re
import sys

YEAR = "2022/23"
PERIOD = "Dec 22"
OUT = pathlib.Path(__file__).resolve().parent / "london-sectors"

SECTORS = """
automotive | Automotive (road vehicles)
business-and-administration | Business, management and administration
construction | Construction and building services
creative-and-cultural | Creative, media and cultural
digital | Digital
education-and-childcare | Education and childcare
engineering-and-manufacturing | Engineering, manufacturing and utilities
fashion-and-textiles | Fashion, textiles, leather and footwear
finance-and-law | Finance and law
hair-and-beauty | Hair and beauty
health-and-care | Health and social care
health-and-safety | Health and safety
hospitality-and-catering | Hospitality and catering
land-and-animals | Land, animals and environment
logistics-and-transport | Logistics and transport
marketing-and-sales | Marketing and sales
property-and-other-services | Property, facilities, cleaning and other services
public-services | Public and protective services
retail | Retail
science | Science
sport-leisure-and-travel | Sport, leisure and travel
"""

# Short forms used in the two crosswalks below.
SHORT = {
    "auto": "automotive", "bus": "business-and-administration", "con": "construction",
    "cre": "creative-and-cultural", "dig": "digital", "edu": "education-and-childcare",
    "eng": "engineering-and-manufacturing", "fash": "fashion-and-textiles",
    "fin": "finance-and-law", "hair": "hair-and-beauty", "care": "health-and-care",
    "hs": "health-and-safety", "hosp": "hospitality-and-catering", "land": "land-and-animals",
    "log": "logistics-and-transport", "mkt": "marketing-and-sales",
    "prop": "property-and-other-services", "pub": "public-services", "ret": "retail",
    "sci": "science", "sport": "sport-leisure-and-travel",
}

# Default for each SSA tier 2 subject. "-" means: no default, every standard of
# the subject must be named in STANDARDS.
SSA = """
Agriculture | land | trains farm and land-based workers
Animal Care and Veterinary Science | land | trains people who care for animals
Environmental Conservation | land | trains countryside, conservation and environment workers
Horticulture and Forestry | land | trains gardeners, foresters and grounds staff
Crafts, Creative Arts and Design | - |
Media and Communication | - |
Performing Arts | - |
Publishing and Information Services | - |
Accounting and Finance | fin | trains accounting, banking, insurance and investment staff
Administration | bus | trains office, customer service and personnel staff
Business Management | bus | trains managers and business specialists
Law and Legal Services | fin | trains legal staff
Marketing and Sales | - |
Architecture | con | trains staff who design buildings and sites
Building and Construction | con | trains building, civil engineering and building services trades
Urban, Rural and Regional Planning | con | trains staff who plan land, buildings and infrastructure
Digital technology (practitioners) | dig | trains digital and IT specialists
Digital technology (users) | dig | trains users of IT
Direct Learning Support | edu | trains teaching support staff
Teaching and Lecturing | edu | trains teachers, tutors and assessors
Engineering | eng | trains engineers, technicians and utility workers
Manufacturing Technologies | eng | trains production and manufacturing staff
Transportation Operations and Maintenance | log | trains people who run and crew transport
Child Development and Well Being | edu | trains early years and childcare staff
Health and Social Care | care | trains health and social care staff
Medicine and Dentistry | care | trains dental and oral health staff
Nursing and Subjects and Vocations Allied to Medicine | care | trains clinical staff
Public Services | pub | trains police, fire, defence, security and government staff
Archaeology and Archaeological Sciences | - |
Sport, Leisure and Recreation | sport | trains sport and leisure staff
Travel and Tourism | sport | trains travel staff
Hospitality and Catering | hosp | trains kitchen and front of house staff
Retailing and Wholesaling | ret | trains shop, wholesale and hire staff
Service Enterprises | prop | trains cleaning, housing, facilities and funeral staff
Warehousing and Distribution | log | trains warehouse, delivery and supply chain staff
Mathematics and Statistics | sci | trains statisticians
Science | sci | trains laboratory and research staff
Economics | fin | trains economists, who are advertised with finance professions
"""

# Standards and frameworks placed by name. Name | sector[:weight] ... | reason
STANDARDS = """
# health and safety, and what lies near it
Safety, Health and Environment Technician | hs | advises on workplace safety; the subject area files it under health and social care
Risk and Safety Management Professional (Degree) | hs | manages safety risk in high-hazard industry
Fire Safety Advisor | hs | assesses fire risk in buildings for their owners
Fire Safety Engineer | hs:0.5 con:0.5 | fire safety role, but designs it into buildings
Fire Safety Inspector | hs:0.5 pub:0.5 | audits fire safety in premises, employed by fire services
Community Fire Safety Advisor | pub | fire service work with households, not workplace safety
Operational Firefighter | pub | emergency response, not workplace safety advice
Environmental Health Practitioner (Integrated Degree) | hs:0.5 pub:0.5 | enforces safety, food and pollution law for councils
Regulatory Compliance Officer | hs:0.25 pub:0.75 | council regulation, of which workplace safety and environmental health are a part
Trading Standards Professional | pub | enforces consumer law, not safety at work
Public Sector Compliance Investigator and Officer | pub | investigates compliance with public rules, not safety at work
Nuclear Health Physics Monitor | hs:0.5 eng:0.5 | measures radiation to protect workers on nuclear sites
Nuclear Welding Inspection Technician | eng | inspects welds, product not worker safety
Fall Protection Technician | con | installs fall arrest equipment on buildings
Fire Emergency and Security Systems Technician | con | installs alarms and sprinklers in buildings
Compliance and Risk Officer | fin | financial conduct compliance, not safety at work
Senior Compliance and Risk Specialist | fin | financial conduct compliance, not safety at work
Hygiene Specialist | prop | manages cleaning regimes, not safety advice
Specialist Rescue Operative | pub | emergency rescue, not workplace safety advice
Quality Practitioner | eng:0.5 bus:0.5 | quality control in production and in services; adverts file controllers under production
Lead Traffic Management Operative | con | sets out road works, advertised with ground and road workers
# automotive, and the rest of transport operations and maintenance
Accident Repair Technician | auto | repairs crash-damaged cars
Autocare Technician | auto | fast-fit servicing of tyres, brakes and exhausts
Automotive Glazing Technician | auto | replaces vehicle glass
Bicycle Mechanic | eng | repairs cycles, officially coded with fitters and not with vehicle mechanics
Bus and Coach Engineering Technician | auto | maintains buses and coaches
Heavy Vehicle Service and Maintenance Technician | auto | services lorries and trailers
Motor Vehicle Service and Maintenance Technician - Light Vehicle | auto | services and repairs cars and vans, includes MOT work
Motorcycle Technician (Repair and Maintenance) | auto | services and repairs motorcycles
Specialist Tyre Operative | auto | fits commercial vehicle tyres
Transport Engineering and Maintenance | auto:0.5 eng:0.5 | framework for bus, coach and rail vehicle maintenance
Vehicle Body and Paint Operations | auto | framework for vehicle body repair
Vehicle Damage Assessor | auto | estimates crash repair of vehicles
Vehicle Damage Mechanical, Electrical and Trim (MET) Technician | auto | strips and refits crash-damaged vehicles
Vehicle Damage Paint Technician | auto | refinishes repaired vehicles
Vehicle Damage Panel Technician | auto | repairs vehicle panels
Vehicle Maintenance and Repair | auto | framework for vehicle servicing
Vehicle Parts Operations | auto | vehicle parts supply to garages
Vehicle Restoration | auto | framework for restoring classic vehicles
Motor Finance Specialist | fin | sells vehicle finance, a financial role in dealerships
Land-Based Service Engineer | eng | repairs farm and garden machinery, not road vehicles
Land-Based Service Engineering Technician | eng | diagnoses farm machinery, not road vehicles
Land-based Service Engineering | eng | framework for farm machinery repair, not road vehicles
Construction Equipment Maintenance Mechanic | eng | repairs site plant, advertised as mobile machinery not road vehicles
Lift Truck and Powered Access Engineering Technician | eng | repairs fork lifts and platforms, not road vehicles
Maritime Mechanical and Electrical Mechanic | eng | maintains ship systems, not road vehicles
Propulsion Technician | eng | develops and tests engines, does not repair vehicles
High Speed Rail and Infrastructure Technician | eng | builds and maintains rail systems
Rail and Rail Systems Senior Engineer (Integrated Degree) | eng | designs rail systems
Marine Industry | eng | framework for boat building and repair
Marina and Boatyard Operative | eng:0.5 log:0.5 | boat repair and berthing in one role
Large Goods Vehicle (LGV) Driver C + E | log | drives lorries, does not repair them
Passenger Transport Driver - Bus and Coach or Tram | log | drives buses, does not repair them
Urban Driver | log | drives vans and small lorries
# hair and beauty, and the rest of service enterprises
Advanced Beauty Therapist | hair | advanced skin and body treatments
Advanced and Creative Hair Professional | hair | senior stylist and colourist
Barbering | hair | framework for barbers
Barbering Professional | hair | men's hair cutting and shaving
Beauty Therapist | hair | facial, nail and body treatments
Beauty Therapy | hair | framework for beauty therapists
Hairdressing | hair | framework for hairdressers
Hairdressing Professional | hair | salon stylist and barber
Nail Services | hair | framework for nail technicians
Nail Services Technician | hair | manicure and nail enhancement
Wellbeing and Holistic Therapist | hair | massage and spa treatments, sold by the same salons
Dog Groomer | land | grooms animals, not people
Commercial Laundry Operative | prop | launders linen for hotels and hospitals, a cleaning service
Energy Manager | prop | manages energy use of buildings
Facilities Management Supervisor | prop | runs building services and cleaning teams
Facilities Manager | prop | runs buildings and their services
Facilities Services Operative | prop | cleans and looks after buildings
Waste Resource Operative | prop | collects and sorts waste, advertised with municipal cleaning
Sustainable Resource Management | prop | framework for waste and recycling
Property Maintenance Operative | con:0.5 prop:0.5 | building repairs done by caretaking staff
# marketing and sales
Bid and Proposal Co-Ordinator | mkt | writes sales proposals
Business to Business Sales Professional (Integrated Degree) | mkt | sells complex products to firms
Digital Marketer (Integrated Degree) | mkt | plans online campaigns
Digital Marketer | mkt | online campaigns; the subject area files it under digital
Digital Community Manager | mkt | runs brands' social media communities
Multi-Channel Marketer | mkt | runs campaigns on line and off
Social Media and Digital Marketing | mkt | framework for social media marketing
Marketing Assistant | mkt | supports campaigns
Marketing Executive | mkt | runs campaigns
Marketing Manager | mkt | leads marketing
Market Research Executive | mkt | studies customers for marketing
Fundraiser | mkt | wins donations; advertised with marketing professions
Sales Executive | mkt | sells to customers and firms
Sales and Telesales | mkt | framework for telephone and field sales
IT Technical Salesperson | mkt | sells IT products; the occupation is sales
Junior Estate Agent | mkt:0.5 prop:0.5 | sells homes and manages lettings
Advertising and Media Executive | mkt | plans and places advertising
Advertising Creative | mkt:0.5 cre:0.5 | writes and designs advertisements
Content Creator | mkt:0.5 cre:0.5 | makes film, text and pictures, mostly for brands
Public Relations and Communications Assistant | mkt | press and public relations; advertised with marketing
Event Assistant | mkt | plans events; official occupation codes put event organisers with sales and marketing
Customer Service Practitioner | bus | serves existing customers, does not sell
Customer Service Specialist | bus | handles complex customer cases, does not sell
Contact Centres | bus | framework for call handling, mostly customer service
Recruitment Consultant | bus | fills vacancies; counted with personnel staff
Recruitment Resourcer | bus | finds candidates; counted with personnel staff
Recruitment | bus | framework for recruiters; counted with personnel staff
Retailer | ret | serves shop customers, kept apart from business sales
Trade Supplier | ret | serves trade counter customers
Hire Controller (Plant, Tools and Equipment) | ret | rental desk; adverts list rental desk staff with shop trades
Travel Consultant | sport | sells holidays; advertised with travel agency staff
Financial Adviser | fin | sells regulated financial advice; counted with finance
Buying and Merchandising Assistant | ret | chooses and plans shop ranges, clothing among them
Assistant Buyer and Merchandiser | ret | chooses and plans shop ranges, clothing among them
# fashion, textiles, leather and footwear
Bespoke Cutter and Tailor | fash | cuts and makes tailored clothing
Fashion Studio Assistant | fash | supports fashion design teams
Fashion and Textiles Pattern Cutter | fash | drafts garment patterns
Fashion and Textiles Product Technologist | fash | manages garment fit and quality
Footwear Manufacturer | fash | makes shoes
Garment Maker | fash | sews whole garments
Leather Craftsperson | fash | makes leather goods
Bespoke Saddler | fash | makes saddles and bridles, a leather trade
Material Cutter | fash:0.5 eng:0.5 | cuts cloth and leather for garments and for furniture
Sewing Machinist | fash | machines garments and textile goods
Textile Manufacturing Operative | fash | spins, weaves, dyes or finishes cloth
Textile Technical Specialist | fash | develops textiles and processes
Advanced Upholsterer | eng | furniture trade, not clothing
Furniture Manufacturer | eng | makes furniture, not textiles
Furniture Furnishings and Interiors Industry | eng | framework for furniture making
Floorlayer - Textile and Resilient | con | lays carpets in buildings, a building trade
Survival Equipment Fitter | eng | maintains aircrew safety equipment, not clothing
# creative and cultural
Assistant Technical Director (Visual Effects) | cre | film visual effects
Creative Digital Design Professional (Integrated Degree) | cre:0.5 dig:0.5 | designs digital products
Creative Venue Technician | cre | theatre and venue sound, light and stage
Cultural Heritage Conservator (Degree) | cre | conserves museum objects
Cultural Learning and Participation Officer | cre | education work in arts venues and museums
Design | cre | framework for designers
Junior 2D Artist (Visual Effects) | cre | film visual effects
Live Event Technician | cre | sound, light and video at live events
Live Event Rigger | cre | rigs stages and venues
Museums and Galleries Technician | cre | installs exhibitions
New Furniture Product Developer | cre:0.5 eng:0.5 | designs furniture for production
Stained Glass Craftsperson | cre | craft maker and restorer
Assistant Recording Technician | cre | music studio recording
Audiovisual Technician | cre | sets up audio and video for events and venues
Broadcast and Media Systems Technical Operator | cre | operates broadcast equipment
Broadcast and Media Systems Technician | cre:0.5 eng:0.5 | installs and maintains broadcast equipment
Broadcast and Media Systems Engineer (Integrated Degree) | cre:0.5 eng:0.5 | engineers broadcast systems
Camera Prep Technician | cre | prepares film cameras
Creative Industries Production Manager | cre | manages stage and screen production
Creative Industries Production Technician | cre | technical production work for stage and screen
Journalist | cre | reports and edits news
Junior Journalist | cre | reports and edits news
Senior Journalist | cre | reports and edits news
Junior Animator | cre | animates for screen
Junior Production Coordinator | cre | organises film and television production
Junior Vfx Artist (Generalist) | cre | film visual effects
Photographer | cre | takes photographs
Photographic Assistant | cre | supports photographers
Post Production Technical Operator | cre | handles film and television in post-production
Production Assistant - Screen and Audio | cre | supports film, television and radio production
Archivist and Records Manager | cre | keeps archives
Curator | cre | looks after museum collections
Library, Information and Archive Services Assistant | cre | library and archive work
Publishing Assistant | cre | book and magazine publishing
Publishing Professional | cre | book and magazine publishing
Historic Environment Advice Assistant | cre | advises on heritage sites
Archaeological Specialist (Degree) | cre | heritage fieldwork and finds
Archaeological Technician | cre | heritage fieldwork and finds
Jewellery, Silversmithing, and Allied Trades Professional | cre | craft maker in precious metal
Bespoke Furniture Maker | cre:0.5 eng:0.5 | craft maker working to commission, also a furniture trade
Heritage Engineering Technician | eng | keeps historic machines working, an engineering trade
Stonemason | con | building trade, heritage work is a part
Florist | ret:0.5 cre:0.5 | sells and designs flower arrangements
Game Programmer | dig | writes game code; adverts count programmers under digital
Digital User Experience (UX) Professional (Integrated Degree) | dig | designs how software is used; advertised with web professionals
Digital Learning Designer | dig:0.5 edu:0.5 | builds online courses
Digital Learning Design | dig:0.5 edu:0.5 | framework for building online courses
Print Technician | eng | runs printing presses, a production trade
Print Operative | eng | runs printing presses, a production trade
Print and Printed Packaging | eng | framework for print production
Signage Technician | eng | makes and fits signs
Signmaking | eng | framework for making signs
Arts Therapist | care | clinical therapy, not arts work
Glass Industry Occupations | eng | framework for glass production and glazing
# other departures from the default of the subject area
Animal Technologist | sci | looks after animals in laboratories
Building Services Engineering Technicians | con | framework for heating and ventilation design in buildings
Electrotechnical | con | framework for electricians in buildings
Gas Industry | con | framework for gas fitting in buildings
Geotechnical Engineer (Integrated Degree) | con | ground engineering for building works
Heating, Ventilation, Air Conditioning and Refrigeration | con | framework for heating and cooling of buildings
Installation and Maintenance Electrician | con | wires buildings
MES Plumbing | con | framework for plumbers
Stairlift, Platform Lift, Service Lift Electromechanic | eng | fits lifts, counted with lift mechanics
Ambulance Support Worker (Emergency, Urgent and Non-Urgent) | care | patient transport and ambulance crew
Mortuary Technician | care | hospital pathology
Public Health Practitioner - Integrated Degree | care | public health work
Biomedical Scientist | sci:0.5 care:0.5 | hospital laboratory scientist
Dental Practice Manager | bus:0.5 care:0.5 | manages a dental practice
Leisure Duty Manager | sport | runs leisure centres
School Business Professional | bus | finance and office management in schools
Career Development Professional | edu | careers guidance
Youth Work | care | framework for youth workers, counted with youth support
Youth Justice Practitioner | pub | works with young offenders
Regulatory Affairs Specialist | sci | licensing of medicines and devices
Lean Manufacturing Operative | eng | production line work
"""

# Professions of the advert figures. Group heading, then
# Name | sector[:weight] ... | reason
PROFESSIONS = """
## Administration and Customer Service
Administration and Customer Service (other) | bus | office and customer service residual
Administrative Personnel | bus | office administrators
Customer Service Personnel | bus | customer service staff
Financial-administrative Personnel | fin | accounts and ledger clerks
Heads of Administration and Customer Services | bus | office and service managers
Personnel and Salaries Administrators | bus | personnel and payroll clerks
Planners | bus | schedule work and orders in offices
Receptionists | bus | front desk office staff
Schedulers and Coordinators | bus | schedule staff and appointments
Secretaries | bus | secretaries and personal assistants
Telephonists and Announcers | bus | switchboard staff
Typists | bus | typing and data entry
## Agriculture, Livestock and Fishing
Agricultural Employees | land | farm workers
Agricultural and Livestock Specialists | land | farm advisers and technicians
Agriculture and Fisheries Supervisors | land | farm and estate supervisors
Agriculture, Livestock and Fishing (other) | land | farm residual
Cultivators | land | growers
Farmers and Animal Breeders | land | farmers and breeders
Fishermen and Fish Farmers | land | fishing and fish farms
Forest Workers and Managers | land | forestry
Gardeners | land | gardening and grounds
Inspectors and Regulators | land | inspection of farming and food growing in this group
Veterinarians | land | animal health, as veterinary nursing on the training side
## Arts, Culture and Media
Actors | cre | performers
Art, Culture, and Media Managers | cre | run arts venues and media teams
Arts, Culture and Media (other) | cre | arts residual
Audio/visual Editors | cre | edit sound and film
Conductors, Composers, and Choreographers | cre | music and dance makers
Directors and Producers | cre | lead stage and screen production
Film, Theatre, Television, and Studio Technicians | cre | stage and screen technicians
Illustrators and Designers (2D) | cre | graphic designers and illustrators
Illustrators and Designers (3D) | cre | product, interior and fashion designers, not separated
Journalists and Editors | cre | news and editing
Librarians and Documentalists | cre | library and archive work
Museum Personnel | cre | museum and gallery staff
Musicians, Singers and Dancers | cre | performers
Photographers and Cameramen | cre | photography and camera
Presenters | cre | radio and television presenters
Restorers | cre | conservation of objects
Translators and Interpreters | cre | language work, coded officially with authors
Writers and Poets | cre | authors and copywriters
## Cleaning and Maintenance
Buildings and Premises Cleaners | prop | clean buildings and windows
Caretakers and Administrators | prop | look after buildings
Cleaning and Maintenance (other) | prop | cleaning residual
Cleaning and Maintenance Managers | prop | manage cleaning and facilities
Interior Cleaners | prop | clean homes, offices and wards
Municipal Cleaning Staff | prop | street cleaning and refuse
Vehicle and Equipment Cleaners | auto:0.5 prop:0.5 | vehicle valeting and equipment cleaning
## Communication, Marketing and Public Relations
Business Managers and Agents | mkt:0.5 cre:0.5 | agents who sell the work of artists and others
Communication, Marketing and Public Relations (other) | mkt | marketing residual
Communication, Marketing and Public Relations Managers | mkt | lead marketing and communication
Fundraisers | mkt | win donations, as the fundraiser standard
Information and Public Relations Personnel | mkt | press and public relations, as the PR standard
Marketing and Advertising Personnel | mkt | run campaigns
Publishers | cre | book and magazine publishing
Sales Promotion Personnel | mkt | promote products to buyers
## Construction and Mining
Borers and Drilling Supervisors | con | ground drilling
Bricklayers and Stonemasons | con | building trade
Civil Engineering Contractors and Project Leaders | con | lead civil works
Concrete Construction Workers and Roofers | con | building trades
Construction Contractors | con | site contractors
Construction Finishers | con | painters, plasterers, tilers and joiners on site
Construction Plumbers and Fitters | con | plumbers and pipe fitters
Construction Project Leaders | con | lead building projects
Construction and Civil Engineering Machinists | con | site plant operators
Construction and Mining (other) | con | building residual
Construction and Mining Managers | con | manage sites and quarries
Ground and Road Workers | con | groundworks and roads
## Defence
Army Soldiers, Corporals and Petty Officers | pub | armed forces
Defence (other) | pub | armed forces residual
## Education and Training
Art and Media Higher Education Teachers | edu | the occupation is teaching, whatever the subject
Chemical and Technical Higher Education Teachers | edu | the occupation is teaching
Computing and Science Lecturers | edu | the occupation is teaching
Course Leaders and Instructors | edu | trainers and instructors
Deans and Coordinators | edu | education leaders
Education and Training (other) | edu | education residual
Educational Directors, Deputy Heads, and Headmasters | edu | school leaders
Educational Support Staff | edu | teaching assistants and school support
Exact Sciences Higher Education Teachers | edu | the occupation is teaching
Humanities Lecturers | edu | the occupation is teaching
Language and Cultural Higher Education Teacher | edu | the occupation is teaching, whatever the subject
Law, Economics and Social Sciences Lecturers | edu | the occupation is teaching
Medical Sciences Lecturers | edu | the occupation is teaching
Primary School Teachers | edu | school teaching
Scientists | sci:0.5 edu:0.5 | university research posts, part teaching
Secondary School Teachers | edu | school teaching
Social and Health Higher Education Teachers | edu | the occupation is teaching
Teacher Training Educators | edu | train teachers
Technical Sciences Lecturers | edu | the occupation is teaching
Technical and Vocational Secondary Education Teachers | edu | vocational teaching
University Lecturers (other) | edu | the occupation is teaching
Vocational Higher Education Teachers | edu | vocational teaching
Vocational Secondary School Teachers | edu | vocational teaching
## Engineering
Business Administration and Engineering Experts | eng:0.5 bus:0.5 | process and improvement specialists between business and engineering
Chemical Engineers, Designers, and Technicians | eng | process engineering
Civil Engineering Draughtsmen and Designers | con | civil works design
Civil Engineering Engineers, Designers, and Technicians | con | civil works
Construction Draughtsman and Designers | con | building design drawing
Construction Engineers, Designers, and Technicians | con | building design and engineering, architects among them
Electrical Draughtsmen and Engineers | eng | electrical design
Electrical Engineers, Designers, and Technicians | eng:0.5 con:0.5 | engineers and building electricians not separated
Engineering (other) | eng | engineering residual
Engineering Calculators and Planners | eng:0.5 con:0.5 | estimators and quantity surveyors with production planners
Engineering Managers | eng | manage engineering
Material and Process Technologists | eng | materials and process engineering
Mechanical Engineering Draughtsmen and Designers | eng | mechanical design
Mechanical Engineering Engineers, Designers, and Technicians | eng | mechanical engineering
Surveyors and Cartographers | con | land and building surveying, as the surveying standards
## Healthcare
Alternative Healers | care | complementary medicine listed with healthcare
Care Assistants | care | care work
Care Managers | care | run care services
Care and Welfare Directors | care | lead care organisations
Carers | care | care work
Childcare Employees | edu | nursery and childcare staff, as early years standards
Dentists and Dental Specialists | care | dentistry
Head Nurses and Coordinators | care | senior nursing
Healthcare (other) | care | healthcare residual
Laboratory Technicians | care:0.5 sci:0.5 | hospital and other laboratories
Medical Assistants | care | healthcare support staff
Nursing | care | nurses
Nutritionists and Therapists | care | dietitians, physiotherapists and other therapists
Pharmacists and Pharmacologists | care | pharmacy
Physicians | care | doctors
Psychologists and Educational Consultants | care:0.75 edu:0.25 | mostly clinical, part educational psychology
Researchers and Analysts | sci:0.5 care:0.5 | clinical and laboratory research
Specialised Nurses | care | specialist nursing
Specialists and Surgeons | care | hospital doctors
Technicians and Medical Device Makers | care | clinical technicians, opticians and dental technicians
## Hospitality
Chefs and Other Food Preparers | hosp | kitchen
Hospitality (other) | hosp | hospitality residual
Hospitality Personnel (other) | hosp | hospitality residual
Hospitality and Catering Managers | hosp | run restaurants and hotels
Hospitality and Catering Senior Personnel | hosp | supervise front of house
Hospitality and Service Personnel | hosp | waiting and bar staff
Kitchen Assistants | hosp | kitchen
## Information and Communication Technology
Consultants and Specialists | dig | IT consultants
Database Specialists | dig | data and database work
IT Coordinators | dig | IT project coordination
IT Managers | dig | manage IT
IT R&D Professionals | dig | IT research
IT Testers | dig | software testing
Information and Communication Technology (other) | dig | IT residual
Network Specialists | dig | networks
Programmers | dig | software, games among it
Support Staff | dig | IT support
System Developers and Analysts | dig | systems analysis
System and Application Administrators | dig | systems administration
Web Professionals | dig | web development and user experience
## Installation, Repair and Maintenance
Electrical Equipment Mechanics | eng:0.5 con:0.5 | fitters of electrical equipment in plants and in buildings
Elevator, Escalator, and Door Mechanics | eng | lift mechanics, as the lift standards
Gauge and Valve Mechanics | eng | meters and valves, as the smart meter standard
Industrial Machinery Mechanics | eng | plant maintenance
Installation, Repair and Maintenance (other) | eng:0.5 con:0.5 | repair residual, plants and buildings not separated
Installation, Repair and Maintenance Inspectors | eng | inspect installations
Installation, Repair, and Maintenance Heads/managers | eng | manage maintenance teams
Mechanics and Joiners (other) | eng:0.5 con:0.5 | fitters and joiners not separated
Mobile Machinery Mechanics | eng | farm and site plant, not road vehicles
Office Equipment Mechanics | eng | repair of machines
Plane, Train and Ship Mechanics | eng | aircraft, rail and ship maintenance
Precision and Musical Instrument Technicians | eng:0.5 cre:0.5 | precision instruments and musical instruments
Refrigeration, Heating, and White Goods Mechanics | con:0.75 eng:0.25 | heating and cooling of buildings, part appliance repair
Vehicle Mechanics | auto | repair of road vehicles
## Insurance and Finance
Accountants | fin | accounting
Bank Branch Employees | fin | banking
Economists | fin | economics, as the economist standards
Financial Directors | fin | lead finance
Financial Experts | fin | financial analysis
Insurance & Finance Advisors | fin | financial advice
Insurance & Finance Managers | fin | manage finance
Insurance & Finance Personnel | fin | banking and insurance clerks
Insurance Specialists | fin | insurance
Insurance and Finance (other) | fin | finance residual
## Legal, Human Resources and Social Services
Clergy and Pastoral Workers | prop | religious and community service, no closer sector
Court Support Staff | fin | legal and court assistants
Judges | fin | law
Labour Managers | bus | personnel managers
Lawyers | fin | law
Lawyers and Support Staff | fin | law
Legal, Human Resources and Social Services (other) | fin:0.5 bus:0.25 care:0.25 | residual of a group of law, personnel and social work
Notaries and Support Staff | fin | law
Occupational Health Experts and Inspectors | hs | health and safety advisers and inspectors
Personnel and Labour Experts | bus | personnel and recruitment
Prosecutors | fin | law
Public Sector Work and Income Specialists | pub | benefits and employment services
Social Work Managers | care | manage social work
Social Workers | care | social and support work
## Leisure, Sports and Tourism
Casino Staff and Bookmakers | sport | leisure venues
Entertainers | cre | performers
Information Desk Personnel | sport | tourist information
Leisure, Sports and Tourism (other) | sport | leisure residual
Professional Athletes | sport | sport
Recreation Employees | sport | leisure centre staff
Recreation and Tourism Managers and Directors | sport | run leisure and tourism venues
Sports Instructors | sport | fitness and sport instruction
Sports Officials | sport | sport
Stewards and Hosts | sport | event and cabin stewards
Tour Leaders and Guides | sport | tourism
Trainers and Coaches | sport | sport coaching in this group
Travel and Travel Agency Personnel | sport | travel agents
## Management, Policy and Governance
General Directors | bus | lead organisations
General Managers | bus | manage organisations
Governance and Industry Policy Managers | bus:0.5 pub:0.5 | policy and governance in firms and government
Government Administrators | pub | government staff
Government Inspectors | pub:0.75 hs:0.25 | public inspection, of which safety and environmental health are a part
Heads of Public Authorities | pub | lead public bodies
Management Analysts and Consultants | bus | management consulting
Management, Policy and Governance (other) | bus | managers and project managers of no stated field, as the management standards
Policy Advisers | pub | policy, as the policy officer standard
Political Legislators, Representatives | pub | elected and political posts
Public Authorities Directors | pub | lead public bodies
Secretaries (associations and government services) | bus | run associations' offices
Union and Association Directors | bus | lead associations
## Natural and Environmental Sciences
Biologists | sci | science
Chemists and Laboratory Technicians | sci | science
Environmentalists and Inspectors | land:0.5 sci:0.5 | environment work in the field and as science
Geologists and Physical Geographers | sci | science
Heads of Natural and Environmental Sciences | sci | lead science
Mathematicians and Statisticians | sci | mathematics and statistics
Natural and Environmental Sciences (other) | sci | science residual
Physicists | sci | science
## Personal Services
Animal Trainers, Caregivers, and Keepers | land | animal care
Beauticians | hair | beauty treatments
Funeral Personnel | prop | funeral staff, as the funeral standards
Hairdressers | hair | hair
Personal Care Company Managers | hair | manage salons and spas
Personal Services (other) | hair:0.5 land:0.25 prop:0.25 | residual of a group of hair, beauty, animal care and funerals
Stylists | hair:0.5 fash:0.5 | hair stylists and fashion stylists not separated
## Police, Fire Department and Security
Detectives and Security Experts | pub | security
Firefighters | pub | fire service
Heads of Police, Fire and Security | pub | lead police, fire and security
Police Inspectors | pub | police
Police Investigators | pub | police
Police, Fire Department and Security (other) | pub | protective services residual
Policemen | pub | police
Prison Guards | pub | prison service
Safety and Security Personnel | pub | guards and door staff; security, not safety advice
## Procurement and Warehouse Management
Buyers | bus:0.75 ret:0.25 | purchasing, as procurement standards; part buy for shops
Goods Handling, Crane Operators and Drivers | log | goods handling
Heads of Procurement and Warehouse Management | bus:0.5 log:0.5 | lead purchasing and warehouses
Loaders and Order Pickers | log | warehouse work
Procurement and Warehouse Management (other) | log | warehouse residual
Warehouse Managers | log | manage warehouses
Warehouse Staff and Box Fillers | log | warehouse work
## Production
Automation Assistants | eng | production
Butchers, Slaughterers and Bakers | eng | food production, as butchery and baking standards
CNC Operators and Programmers | eng | machining
Constructors, Builders, and Fitters | eng | assembly and fitting in production
Engravers, Hand Printers, and Precision Painters | cre:0.5 eng:0.5 | hand crafts within production
Food Processing Personnel | eng | food production
Foundries, Casting Model Makers | eng | metal casting
Glass and Stone Workers | eng | glass and stone products
Graphics Finishers | eng | print finishing
Jewellers and Gem Processors | cre | craft makers, as the jewellery standard
Machine Woodworkers | eng | wood products
Machined Metal Workers | eng | metal products
Machined Plastics Processors | eng | plastic products
Painters and Sprayers | auto:0.5 eng:0.5 | spray painters in body shops and in factories
Photography and Microchips Developers | cre:0.5 eng:0.5 | photographic processing and microelectronics in one class
Printers | eng | print production, as the print standards
Printing Preparation and Layout Personnel | cre:0.5 eng:0.5 | page layout and print preparation
Process Operators | eng | process plants
Production (other) | eng | production residual
Production Managers | eng | manage production
Production Personnel | eng | production line work
Production Supervisors | eng | supervise production
Quality Controllers and Sorters | eng | quality control in production
Textile Personnel | fash | sewing, cutting and textile work
Welders, Solderers, and Brazers | eng | welding
Wood Workers | eng | wood products
## Sales and Trading
Advertisements and Publicity Promotors and Personnel | mkt | advertising
Articles and Products Representives | mkt | sales representatives
Auctioneers and Staff | mkt:0.5 prop:0.5 | auction sales, coded officially with estate agents
Brokers | mkt:0.5 prop:0.5 | taken as estate agents, as the estate agent standard; insurance has its own class
Business Services Account Managers | mkt | sell services to firms
Commercial Personnel and Telemarketers | mkt | telephone and inside sales
Front Desk and Rental Personnel | ret | rental desks, as the hire standard
Market and Street Vendors | ret | market trade
Retail Sales Leaders | ret | shop supervisors and managers
Sales Managers | mkt | lead sales
Sales and Trading (other) | mkt:0.5 ret:0.5 | sales residual
Sellers | ret | shop sales staff
Traders | fin:0.5 mkt:0.5 | financial dealers and goods traders not separated
## Transport and Traffic
Air Traffic Controllers, Traffic Controllers, and Harbourmasters | log | traffic control
Air, Water and Road Inspectors | log | inspect transport
Carriage and Transport Managers | log | manage transport
Couriers and Delivery Personnel | log | delivery
Freight Drivers | log | lorry and van drivers
Loading and Unloading Workers | log | loading
Pilots | log | aircrew
Public and Private Chauffeurs/drivers | log | bus, taxi and private drivers
Sea Captains and Mates | log | ship crew
Service Leaders and Coordinators | log | run transport services
Train Drivers and Conductors | log | rail crew
Transport and Traffic (other) | log | transport residual
"""

# Professions that say nothing about the occupation: no row in the crosswalk.
UNMAPPED = ["Other Professions"]

# Two areas carry a name in the advert figures that is not in lsips.csv.
LSIP_NAMES = {
    "Enterprise M3 LEP (including all of Surrey)": "E69000009",
    "South East Midlands": "E69000027",
}
# Census names that differ from the district lookup.
CENSUS_NAMES = {"Folkestone and Hythe": "Shepway"}

# Districts merged in April 2023, after the district lookup but before the LSIP
# lookup. The three LSIPs concerned each lie in one region, so no weight hangs
# on this table.
DISTRICTS_2023 = {
    "E07000026": "E06000063", "E07000028": "E06000063", "E07000029": "E06000063",  # Cumberland
    "E07000027": "E06000064", "E07000030": "E06000064", "E07000031": "E06000064",  # Westmorland and Furness
    "E07000163": "E06000065", "E07000164": "E06000065", "E07000165": "E06000065",  # North Yorkshire
    "E07000166": "E06000065", "E07000167": "E06000065", "E07000168": "E06000065", "E07000169": "E06000065",
    "E07000187": "E06000066", "E07000188": "E06000066", "E07000189": "E06000066", "E07000246": "E06000066",  # Somerset
}

LEVELS = ["Intermediate", "Advanced", "Higher"]
OUTSIDE = "Outside of England and unknown"


def fail(text):
    sys.exit("prepare_london_sectors: " + text)


def need(ok, text):
    if not ok:
        fail(text)


def read(path):
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def write(name, header, rows):
    with open(OUT / name, "w", encoding="utf-8", newline="") as handle:
        out = csv.writer(handle, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
        out.writerow(header)
        out.writerows(rows)
    size = (OUT / name).stat().st_size
    print(f"{name}: {len(rows)} rows, {size:,} bytes")
    return size


def lines(block):
    return [l for l in block.strip().split("\n") if l and not l.startswith("# ")]


def targets(text, where):
    """'hs:0.5 con:0.5' -> [(sector, '0.5'), ...]; weights must sum to exactly 1."""
    out = []
    for part in text.split():
        key, _, weight = part.partition(":")
        need(key in SHORT, f"unknown sector {key} for {where}")
        out.append((SHORT[key], weight or "1"))
    need(out and sum(float(w) for _, w in out) == 1.0, f"weights do not sum to 1 for {where}")
    need(len({s for s, _ in out}) == len(out), f"sector twice for {where}")
    return sorted(out)


def ukprn(name):
    found = re.search(r"\((\d{8})\)$", name)
    need(found, f"no UKPRN in {name!r}")
    return found.group(1)


def main():
    if len(sys.argv) != 2:
        fail("usage: prepare_london_sectors.py EXTRACTS_DIR")
    source = pathlib.Path(sys.argv[1])
    OUT.mkdir(exist_ok=True)

    # ---- areas and sectors
    regions = {r["region_code"]: r["region_name"] for r in read(source / "lookup/regions.csv")
               if re.fullmatch(r"E1200000[1-9]", r["region_code"])}
    need(len(regions) == 9, "nine regions expected")
    region_code = {name: code for code, name in regions.items()}
    region_code[OUTSIDE] = "z"
    write("areas.csv", ["code", "name"], sorted((c, n) for n, c in region_code.items()))
    sectors = [tuple(p.strip() for p in l.split("|")) for l in lines(SECTORS)]
    sector_codes = {c for c, _ in sectors}
    need(sector_codes == set(SHORT.values()), "sector list and short forms differ")
    write("sectors.csv", ["code", "name"], sorted(sectors))

    # ---- provision by provider and standard
    rows = read(source / "provision/apprenticeships_provider_standard_202223_202324.csv.gz")
    about = {}
    levels = collections.defaultdict(set)
    sums = collections.Counter()
    cells = set()
    for r in rows:
        name = r["std_fwk_name"]
        fact = (r["ssa_t1_desc"], r["ssa_t2_desc"], r["std_fwk_flag"])
        # One name must be one thing: same SSA and same standard/framework flag
        # everywhere. True of this file; a later file that breaks it must be
        # dealt with by hand, so stop.
        need(about.setdefault(name, fact) == fact, f"{name} has two subject areas or flags")
        levels[name].add(r["apps_Level"].replace(" Apprenticeship", ""))
        if r["year"] == YEAR and r["measure"] == "Achievements":
            sums[ukprn(r["provider_name"]), name] += int(r["values"])
            cells.add((ukprn(r["provider_name"]), name))
    need(set().union(*levels.values()) <= set(LEVELS), "unknown level")
    ident = {name: f"s{n:04d}" for n, name in enumerate(sorted(about), 1)}
    write("standards.csv", ["id", "name", "levels", "ssa_tier_1", "ssa_tier_2"],
          [(ident[n], n, ";".join(l for l in LEVELS if l in levels[n]), about[n][0], about[n][1])
           for n in sorted(about)])
    provision = sorted((u, ident[n], YEAR, v) for (u, n), v in sums.items() if v)
    print(f"provision: {len(cells) - len(provision)} zero provider x standard sums dropped")
    size = write("provision.csv", ["ukprn", "standard", "period", "achievements"], provision)
    need(size < 900_000, "provision.csv too large")

    # ---- providers by learner home region
    home = collections.Counter()
    for r in read(source / "provision/apprenticeships_provider_region_202223_202324.csv.gz"):
        if r["year"] == YEAR:
            need(r["learner_home_region"] in region_code, "unknown region " + r["learner_home_region"])
            home[ukprn(r["provider_name"]), region_code[r["learner_home_region"]]] += int(r["achievements"])
    providers = sorted((u, c, v) for (u, c), v in home.items() if v)
    print(f"providers: {len(home) - len(providers)} zero provider x region sums dropped")
    write("providers.csv", ["ukprn", "region_code", "achievements"], providers)
    by_standard, by_region = collections.Counter(), collections.Counter()
    for u, _, _, v in provision:
        by_standard[u] += v
    for u, _, v in providers:
        by_region[u] += v
    differ = sorted(u for u in by_standard.keys() | by_region.keys() if by_standard[u] != by_region[u])
    print(f"provider totals: {len(by_standard)} providers, {sum(by_standard.values())} achievements by standard, "
          f"{sum(by_region.values())} by home region, {len(differ)} providers differ {differ[:10]}")

    # ---- standards to sectors
    default = {}
    for l in lines(SSA):
        subject, target, reason = (p.strip() for p in l.split("|"))
        default[subject] = (target, reason)
    named = {}
    for l in lines(STANDARDS):
        name, target, reason = (p.strip() for p in l.split(" | "))
        need(name not in named, f"standard twice: {name}")
        need(name in about, f"standard not in the file: {name}")
        named[name] = (target, reason)
    cross = []
    for name in sorted(about):
        subject = about[name][1]
        need(subject in default, f"no rule for subject {subject}")
        if name in named:
            target, reason = named[name]
        else:
            target, reason = default[subject]
            need(target != "-", f"{name}: {subject} has no default")
            reason = f"SSA tier 2 {subject}: {reason}"
        cross += [(ident[name], name, s, w, reason) for s, w in targets(target, name)]
    write("standard-sectors.csv", ["standard", "name", "sector_code", "weight", "reason"], cross)
    print(f"standards: {len(about)}, of which {len(named)} placed by name")
    weight = collections.Counter()
    for s, _, code, w, _ in cross:
        need(code in sector_codes, "unknown sector " + code)
        weight[s] += float(w)
    need(set(weight) == set(ident.values()) and all(v == 1.0 for v in weight.values()), "standard weights")
    need({s for _, s, _, _ in provision} <= set(weight), "standard in provision not mapped")

    # ---- demand
    lsip = {}
    for r in read(source / "lookup/lsips.csv"):
        if "E69000001" <= r["lsip_code"] <= "E69000038":
            need(lsip.setdefault(r["lsip_name"].strip(), r["lsip_code"]) == r["lsip_code"], "LSIP name with two codes")
    lsip.update(LSIP_NAMES)
    demand, group, lsip_name = [], {}, {}
    for r in read(source / "demand/D_OnsProfDetail_Dec22.csv"):
        if r["geographic_level"] != "LSIP":
            continue
        need(r["time_period"] == PERIOD, "unexpected period")
        need(r["area"] in lsip, "unknown LSIP " + r["area"])
        profession, value = r["Detailed Profession Category"], r["vacancies"]
        need(value == "[x]" or re.fullmatch(r"\d*[05]", value), f"unexpected value {value}")
        need(group.setdefault(profession, r["Summary Profession Category"]) == r["Summary Profession Category"],
             f"{profession} in two groups")
        lsip_name[lsip[r["area"]]] = r["area"]
        demand.append((lsip[r["area"]], profession, PERIOD, value))
    need(len(lsip_name) == 38, "38 LSIPs expected")
    need(len({d[:2] for d in demand}) == len(demand), "duplicate LSIP x profession")
    demand.sort()
    write("demand.csv", ["area", "profession", "period", "adverts"], demand)
    print(f"demand: {sum(d[3] == '[x]' for d in demand)} cells [x], "
          f"{38 * len(group) - len(demand)} LSIP x profession pairs not in the file")

    # ---- professions to sectors
    cross, seen, heading = [], set(), None
    for l in lines(PROFESSIONS):
        if l.startswith("## "):
            heading = l[3:]
            continue
        name, target, reason = (p.strip() for p in l.split(" | "))
        need(group.get(name) == heading, f"{name} is not in {heading}")
        need(name not in seen, f"profession twice: {name}")
        seen.add(name)
        cross += [(name, heading, s, w, reason) for s, w in targets(target, name)]
    need(seen.isdisjoint(UNMAPPED) and seen | set(UNMAPPED) == set(group),
         f"professions neither mapped nor listed: {sorted(set(group) - seen - set(UNMAPPED))}")
    write("profession-sectors.csv", ["profession", "summary", "sector_code", "weight", "reason"], sorted(cross))
    print(f"professions: {len(group)}, mapped {len(seen)}, unmapped {UNMAPPED}")

    # ---- LSIPs to regions, by 2011 Census population of their districts
    region22 = {r["LAD22CD"]: r["RGN22CD"] for r in read(
        source / "lookup/Local_Authority_District_to_Region_(December_2022)_Lookup_in_England.csv")}
    lsip_of = {r["lad_code"]: r["lsip_code"] for r in read(source / "lookup/lsip_lad_hierarchy.csv")
               if r["first_available_year_included"] == "2023" and r["lsip_code"] <= "E69000038"}
    lad21 = {r["LAD11NM"]: r["LAD21CD"] for r in read(
        source / "lookup/Local_Authority_District_(2011)_to_Local_Authority_District_(2021)"
                 "_Lookup_for_England_and_Wales.csv")}
    people = collections.defaultdict(collections.Counter)
    with open(source / "nomis/QS102EW LAD2011.csv", encoding="utf-8-sig", newline="") as handle:
        for r in csv.reader(handle):
            if len(r) != 2 or not r[1].isdigit() or r[0].startswith("local authority"):
                continue
            code = lad21.get(CENSUS_NAMES.get(r[0], r[0]))
            if code is None or not code.startswith("E"):
                continue                      # Wales
            now = code if code in lsip_of else DISTRICTS_2023[code]
            people[lsip_of[now]][region22[code]] += int(r[1])
    total = sum(sum(c.values()) for c in people.values())
    need(total == 53012456, f"2011 Census population of England expected, found {total}")
    need(set(people) == set(lsip_name), "LSIPs of the lookup and of the figures differ")
    rows = []
    for code in sorted(people):
        share, left = sorted(people[code].items()), 1.0
        for n, (region, count) in enumerate(share):
            if len(share) == 1:
                w, reason = "1", "all its districts lie in this region"
            else:
                value = left if n == len(share) - 1 else count / sum(people[code].values())
                left -= value
                w = repr(value)
                reason = f"{count} of {sum(people[code].values())} residents in the 2011 Census live in its districts of this region"
            rows.append((code, lsip_name[code], region, w, reason))
        need(abs(sum(float(r[3]) for r in rows if r[0] == code) - 1) < 1e-12, "LSIP weights")
    write("lsip-regions.csv", ["lsip_code", "lsip_name", "region_code", "weight", "reason"], rows)
    need({r[2] for r in rows} == set(regions), "regions not covered")
    print("straddling:", [(r[1], r[2], r[3]) for r in rows if r[3] != "1"])

    readme = OUT / "README.md"
    if readme.exists():
        text = readme.read_text(encoding="utf-8")
        need(all(u in text for u in UNMAPPED), "README does not list the unmapped professions")
    else:
        print("README.md is missing")


if __name__ == "__main__":
    main()
